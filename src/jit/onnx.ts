import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Attribute, type DType, elementsOf, type Graph, type Node, sizeOf, type Value } from "./graph.ts";

/** The operator set that every emitted operator is taken from. */
export const OPSET = 17;
const IR_VERSION = 8;
const ELEMENT_TYPE: Record<DType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** A message is written by whoever knows its fields. */
type Message = (writer: BinaryWriter) => unknown;

function message(writer: BinaryWriter, field: number, write: Message): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

/** Names of inputs and outputs in the file: apart, because a program may take and give the same name. */
export const inputName = (name: string): string => `in/${name}`;
export const outputName = (name: string): string => `out/${name}`;

/** Gives every value its name in the file. */
type Naming = (value: Value) => string;

/** A computed value that is an output carries the output's name; so no copy is needed to deliver it. */
function namingOf(graph: Graph): Naming {
  const delivered = new Map<number, string>();
  for (const { name, value } of graph.outputs) {
    if (value.producer && !delivered.has(value.id)) delivered.set(value.id, outputName(name));
  }
  return (value) => value.input ? inputName(value.input) : delivered.get(value.id) ?? `v${value.id}`;
}

/** `TensorProto`: dims = 1, data_type = 2, name = 8, raw_data = 9 (little-endian). */
function tensor(value: Pick<Value, "shape" | "dtype">, data: readonly number[], name: string): Message {
  const raw = value.dtype === "float32"
    ? new Float32Array(data)
    : value.dtype === "int32"
    ? new Int32Array(data)
    : value.dtype === "bool"
    ? new Uint8Array(data)
    : new BigInt64Array(data.map(BigInt));
  return (w) => {
    for (const n of value.shape) integer(w, 1, n);
    integer(w, 2, ELEMENT_TYPE[value.dtype]);
    if (name) text(w, 8, name);
    w.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(raw.buffer));
  };
}

/** `ValueInfoProto`: name = 1, type = 2 → tensor_type = 1 → elem_type = 1, shape = 2 → dim = 1 → dim_value = 1. */
function valueInfo(name: string, value: Value): Message {
  return (w) => {
    text(w, 1, name);
    message(w, 2, (type) =>
      message(type, 1, (tensorType) => {
        integer(tensorType, 1, ELEMENT_TYPE[value.dtype]);
        message(tensorType, 2, (shape) => {
          for (const n of value.shape) message(shape, 1, (dim) => integer(dim, 1, n));
        });
      }));
  };
}

/** `AttributeProto`: name = 1, f = 2, i = 3, s = 4, ints = 8, type = 20. Names in `FLOATS` are floats, the rest ints. */
const FLOATS = new Set(["epsilon", "alpha", "beta"]);
function attribute(name: string, value: Attribute): Message {
  return (w) => {
    text(w, 1, name);
    if (typeof value === "string") {
      text(w, 4, value);
      integer(w, 20, 3);
    } else if (typeof value !== "number") {
      for (const n of value) integer(w, 8, n);
      integer(w, 20, 7);
    } else if (FLOATS.has(name)) {
      w.tag(2, WireType.Bit32).float(value);
      integer(w, 20, 1);
    } else {
      integer(w, 3, value);
      integer(w, 20, 2);
    }
  };
}

/** `NodeProto`: input = 1, output = 2, name = 3, op_type = 4, attribute = 5. */
function node({ op, inputs, outputs, attributes }: Node, nameOf: Naming): Message {
  return (w) => {
    for (const value of inputs) text(w, 1, value ? nameOf(value) : "");
    for (const value of outputs) text(w, 2, nameOf(value));
    text(w, 3, `${op}_${outputs[0].id}`);
    text(w, 4, op);
    for (const [name, value] of Object.entries(attributes)) message(w, 5, attribute(name, value));
  };
}

/** Uniform constants beyond this size are made at session start by ConstantOfShape, not stored. */
const LITERAL_LIMIT = 1024;

function constantOfShape(value: Value, name: string): Message {
  return (w) => {
    text(w, 1, `${name}_shape`);
    text(w, 2, name);
    text(w, 4, "ConstantOfShape");
    message(w, 5, (a) => {
      text(a, 1, "value");
      message(a, 5, tensor({ shape: [1], dtype: value.dtype }, [value.fill!], ""));
      integer(a, 20, 4);
    });
  };
}

function constantsOf(graph: Graph): Value[] {
  const found = new Map<number, Value>();
  const note = (value: Value | null) => {
    if (value && (value.data || value.fill !== undefined)) found.set(value.id, value);
  };
  for (const n of graph.nodes) n.inputs.forEach(note);
  for (const { value } of graph.outputs) note(value);
  return [...found.values()];
}

/**
 * Serialises a traced graph as an ONNX `ModelProto` (opset 17).
 *
 * Source: onnx.proto of the ONNX project; field numbers stand beside each message above.
 */
export function encodeOnnx(graph: Graph): Uint8Array<ArrayBuffer> {
  const nameOf = namingOf(graph);
  const constants = constantsOf(graph);
  const isLarge = (v: Value) => v.fill !== undefined && sizeOf(v.shape) > LITERAL_LIMIT;
  const w = new BinaryWriter();
  integer(w, 1, IR_VERSION);
  text(w, 2, "driven-hunt");
  message(w, 7, (g) => {
    for (const v of constants.filter(isLarge)) message(g, 1, constantOfShape(v, nameOf(v)));
    for (const n of graph.nodes) message(g, 1, node(n, nameOf));
    // An output that is an input, a constant or another output needs a copy under its own name.
    for (const { name, value } of graph.outputs) {
      if (nameOf(value) === outputName(name)) continue;
      message(g, 1, (o) => {
        text(o, 1, nameOf(value));
        text(o, 2, outputName(name));
        text(o, 4, "Identity");
      });
    }
    text(g, 2, "traced");
    for (const v of constants) {
      if (!isLarge(v)) message(g, 5, tensor(v, elementsOf(v), nameOf(v)));
      else message(g, 5, tensor({ shape: [v.shape.length], dtype: "int64" }, v.shape, `${nameOf(v)}_shape`));
    }
    for (const v of graph.inputs) message(g, 11, valueInfo(nameOf(v), v));
    for (const { name, value } of graph.outputs) message(g, 12, valueInfo(outputName(name), value));
  });
  message(w, 8, (o) => integer(o, 2, OPSET));
  return w.finish() as Uint8Array<ArrayBuffer>;
}
