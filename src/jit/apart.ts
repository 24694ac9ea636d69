import { type Graph, type Node, sameShape, sizeOf, type Value } from "./graph.ts";
import { needed } from "./prune.ts";
import { additionsTo } from "./rewrite.ts";

/** A tensor that is a stretch of another one's memory. */
export interface Stretch {
  /** Name of the whole. */
  readonly of: string;
  /** Elements before it. */
  readonly offset: number;
}

/** A graph that takes and gives vectors piece by piece, so that nothing is cut up or put together by copying. */
export interface Apart {
  readonly graph: Graph;
  /** Inputs that are stretches of an input of before, by name. */
  readonly inputs: ReadonlyMap<string, Stretch>;
  /** Outputs that are stretches of an output of before, by name. */
  readonly outputs: ReadonlyMap<string, Stretch>;
}

const pieceName = ({ of, offset }: Stretch, shape: readonly number[]) => `${of}[${offset}]${shape.join("x")}`;

const isCut = ({ op, inputs, attributes }: Node): boolean =>
  op === "Split" && attributes.axis === 0 && inputs[0]!.shape.length === 1;

/** Pieces of the inputs `names` as inputs, in the shape in which they are read. */
function cutInputs(graph: Graph, names: readonly string[]): Apart {
  const { input } = additionsTo(graph);
  const inputs = new Map<string, Stretch>();
  const added = new Map<string, Value>();
  const pieces = new Map<Value, Stretch>();
  const instead = new Map<Value, Value>();
  const replace = (old: Value, stretch: Stretch) => {
    const name = pieceName(stretch, old.shape);
    const piece = added.get(name) ?? input(name, old);
    added.set(name, piece);
    inputs.set(name, stretch);
    instead.set(old, piece);
  };
  for (const node of graph.nodes) {
    const [whole] = node.inputs;
    if (isCut(node) && whole!.input !== undefined && names.includes(whole!.input)) {
      let offset = 0;
      for (const part of node.outputs) {
        pieces.set(part, { of: whole!.input, offset });
        replace(part, pieces.get(part)!);
        offset += sizeOf(part.shape);
      }
    } else if (node.op === "Reshape" && pieces.has(whole!)) {
      replace(node.outputs[0], pieces.get(whole!)!);
    }
  }
  const read = (value: Value | null) => value && (instead.get(value) ?? value);
  const nodes = graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(read) }));
  const outputs = graph.outputs.map(({ name, value }) => ({ name, value: read(value)! }));
  const cut = needed({ inputs: [...graph.inputs, ...added.values()], nodes, outputs });
  return {
    graph: cut,
    inputs: new Map([...inputs].filter(([name]) => cut.inputs.some((v) => v.input === name))),
    outputs: new Map(),
  };
}

/** The values that a concatenation puts one after another, in any shape. */
function partsOf(value: Value, producers: ReadonlyMap<Value, Node>): readonly Value[] {
  const producer = producers.get(value);
  if (producer?.op === "Reshape") return partsOf(producer.inputs[0]!, producers);
  if (producer?.op === "Concat" && value.shape.length === 1) {
    return producer.inputs.flatMap((part) => partsOf(part!, producers));
  }
  return [value];
}

/**
 * Takes the inputs `taken` and gives the outputs `given` in pieces where the graph itself cuts them up or puts them
 * together: Split and Concat of whole vectors, and the Reshapes beside them, go.
 */
export function apart(graph: Graph, taken: readonly string[], given: readonly string[]): Apart {
  const cut = cutInputs(graph, taken);
  const producers = new Map(cut.graph.nodes.flatMap((node) => node.outputs.map((value) => [value, node] as const)));
  const stretches = new Map<string, Stretch>();
  const outputs = cut.graph.outputs.flatMap((output) => {
    const parts = given.includes(output.name) ? partsOf(output.value, producers) : [output.value];
    if (parts.length === 1 && sameShape(parts[0].shape, output.value.shape)) return [{ ...output, value: parts[0] }];
    let offset = 0;
    return parts.map((value) => {
      const stretch = { of: output.name, offset };
      const name = pieceName(stretch, value.shape);
      stretches.set(name, stretch);
      offset += sizeOf(value.shape);
      return { name, value };
    });
  });
  return { graph: needed({ ...cut.graph, outputs }), inputs: cut.inputs, outputs: stretches };
}
