/** Element types of values in a traced graph; `int64` exists only for the index inputs of ONNX operators. */
export type DType = "float32" | "int32" | "bool" | "int64";

export type Attribute = number | string | readonly number[];

/** A tensor that does not exist yet: an input, a constant or the result of a node. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Literal contents, row-major, when the value is a constant. */
  readonly data?: readonly number[];
  /** Set when every element is this number; such constants are stored as one number whatever their shape. */
  readonly fill?: number;
  /** Set when the value enters from outside at each run. */
  readonly input?: string;
  readonly producer?: Node;
}

/** One ONNX operator application. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A finished trace: nodes in execution order, each needed by some output. */
export interface Graph {
  readonly inputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
}

/** The ways an emitted operator can differ from its inputs. */
export interface Emission {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The contents of a constant, row-major, also of one that is stored as a single number. */
export const elementsOf = ({ data, fill, shape }: Value): readonly number[] =>
  data ?? new Array<number>(sizeOf(shape)).fill(fill!);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/**
 * Collects nodes while a program is traced. Nodes are pure, so an operator that was already applied to the same
 * values with the same attributes gives its earlier results (common subexpressions cost nothing).
 */
export class GraphBuilder {
  #nextId = 0;
  #known = new Map<string, Node>();
  #constants = new Map<string, Value>();
  readonly inputs: Value[] = [];

  input(name: string, shape: readonly number[], dtype: DType): Value {
    const value: Value = { id: this.#nextId++, shape, dtype, input: name };
    this.inputs.push(value);
    return value;
  }

  /** A literal; a uniform one is kept as a single number. */
  constant(data: ArrayLike<number>, shape: readonly number[], dtype: DType): Value {
    const first = data[0];
    let uniform = data.length > 0;
    for (let i = 1; uniform && i < data.length; i++) uniform = Object.is(data[i], first);
    return uniform ? this.filled(first, shape, dtype) : this.#constant({ data: Array.from(data) }, shape, dtype);
  }

  /** The constant whose every element is `fill`. */
  filled(fill: number, shape: readonly number[], dtype: DType): Value {
    return this.#constant({ fill }, shape, dtype);
  }

  #constant(content: { data?: number[]; fill?: number }, shape: readonly number[], dtype: DType): Value {
    const zero = Object.is(content.fill, -0) ? "-0" : content.fill;
    const data = content.data?.map((x) => Object.is(x, -0) ? "-0" : x);
    const key = `${dtype}|${shape}|${zero}|${data}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const value: Value = { id: this.#nextId++, shape, dtype, ...content };
    this.#constants.set(key, value);
    return value;
  }

  /** Applies an operator with one result. */
  emit(op: string, inputs: readonly (Value | null)[], emission: Emission): Value {
    return this.emitAll(op, inputs, [emission], emission.attributes)[0];
  }

  /** Applies an operator with several results. */
  emitAll(
    op: string,
    inputs: readonly (Value | null)[],
    results: readonly Emission[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly Value[] {
    const key = `${op}|${inputs.map((v) => v?.id)}|${JSON.stringify(attributes)}|${results.length}`;
    const known = this.#known.get(key);
    if (known) return known.outputs;
    const outputs: Value[] = [];
    const node: Node = { op, inputs, outputs, attributes };
    for (const { shape, dtype } of results) outputs.push({ id: this.#nextId++, shape, dtype, producer: node });
    this.#known.set(key, node);
    return outputs;
  }

  /** Keeps what the outputs need, in execution order. */
  finish(outputs: Graph["outputs"]): Graph {
    const nodes: Node[] = [];
    const done = new Set<Node>();
    // Depth first, with a path of our own: the call stack would not hold a chain of 20,000 operations.
    const visit = (root: Node) => {
      const path = [root];
      while (path.length > 0) {
        const node = path.at(-1)!;
        const next = node.inputs.find((input) => input?.producer && !done.has(input.producer))?.producer;
        if (next) {
          path.push(next);
          continue;
        }
        if (!done.has(node)) nodes.push(node);
        done.add(node);
        path.pop();
      }
    };
    for (const { value } of outputs) if (value.producer) visit(value.producer);
    return { inputs: this.inputs, nodes, outputs };
  }
}
