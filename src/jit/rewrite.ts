import { elementsOf, type Graph, type Node, sizeOf, type Value } from "./graph.ts";

/** What writes additions to a finished graph: their values have ids that it has not. */
export function additionsTo({ inputs, nodes }: Graph) {
  const values = [...inputs, ...nodes.flatMap((node) => [...node.inputs, ...node.outputs])];
  let id = values.reduce((highest, value) => Math.max(highest, value?.id ?? 0), 0);
  return {
    input: (input: string, { shape, dtype }: Pick<Value, "shape" | "dtype">): Value => ({
      id: ++id,
      shape,
      dtype,
      input,
    }),
    index: (...data: readonly number[]): Value => ({ id: ++id, shape: [data.length], dtype: "int64", data }),
    number: (fill: number): Value => ({ id: ++id, shape: [], dtype: "float32", fill }),
    /** A node with one float32 result. */
    node(op: string, inputs: readonly Value[], shape: readonly number[], attributes: Node["attributes"] = {}): Node {
      const outputs: Value[] = [];
      const node: Node = { op, inputs, outputs, attributes };
      outputs.push({ id: ++id, shape, dtype: "float32", producer: node });
      return node;
    },
  };
}

/**
 * The same graph with every split into more than `limit` parts written as slices, for devices that bind few buffers.
 * The parts keep the producer that they were traced with.
 */
export function splitsAsSlices(graph: Graph, limit: number): Graph {
  const { index } = additionsTo(graph);
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (node.op !== "Split" || node.outputs.length <= limit) return [node];
    const axis = node.attributes.axis as number;
    let end = 0;
    return node.outputs.map((part) => {
      const begin = end;
      end += part.shape[axis];
      const inputs = [node.inputs[0], index(begin), index(end), index(axis)];
      return { op: "Slice", inputs, outputs: [part], attributes: {} };
    });
  });
  return { ...graph, nodes };
}

/** ONNX Runtime 1.30 on WebGPU sums fewer elements than this in another order where more than so many sums are asked for. */
const [SHORT, MANY] = [32, 1024];

/** The axes that a sum or mean goes over; none where it goes over all. */
function reducedAxes({ op, inputs, attributes }: Node): readonly number[] {
  const { shape } = inputs[0]!;
  const axes = op === "ReduceSum"
    ? inputs[1] && elementsOf(inputs[1])
    : attributes.axes as readonly number[] | undefined;
  return (axes ?? shape.map((_, axis) => axis)).map((axis) => axis < 0 ? axis + shape.length : axis);
}

/**
 * The same graph with zeros put to short sums and means whose order of summation would depend on the number of lanes, so that
 * each lane has the same bits however many there are. Those that are many with the fewest lanes are many with more.
 *
 * @param lanes how many the graph has
 * @param least the fewest that a graph of the same program may have
 */
export function evenSums(graph: Graph, lanes: number, least: number): Graph {
  const { index, number, node: made } = additionsTo(graph);
  const nodes = graph.nodes.flatMap((node): readonly Node[] => {
    const { op, inputs: [x], outputs: [result] } = node;
    if ((op !== "ReduceSum" && op !== "ReduceMean") || x!.dtype !== "float32") return [node];
    const axes = reducedAxes(node);
    const length = sizeOf(axes.map((axis) => x!.shape[axis]));
    if (length >= SHORT || sizeOf(result.shape) / lanes * least > MANY) return [node];
    const longer = x!.shape.map((n, axis) => axis === axes[0] ? Math.ceil(n * SHORT / length) : n);
    const ends = x!.shape.map((n, axis) => longer[axis] - n);
    const padded = made("Pad", [x!, index(...ends.map(() => 0), ...ends), number(0)], longer);
    const inputs = [padded.outputs[0], index(...axes)];
    const attributes = { keepdims: node.attributes.keepdims ?? 1 };
    if (op === "ReduceSum") return [padded, { op, inputs, outputs: node.outputs, attributes }];
    const sum = made("ReduceSum", inputs, result.shape, attributes);
    return [padded, sum, {
      op: "Div",
      inputs: [sum.outputs[0], number(length)],
      outputs: node.outputs,
      attributes: {},
    }];
  });
  return { ...graph, nodes };
}
