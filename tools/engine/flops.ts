import { innerLength } from "../../src/jit/flops.ts";
import { sizeOf } from "../../src/jit/graph.ts";
import type { Graph } from "../../src/jit/mod.ts";

/**
 * Floating-point operations of a graph's matrix products: Σ 2·m·n·k, multiplications and additions.
 *
 * Everything else counts as nothing, so a rate in GFLOP/s says how near the whole program is to its matrix products.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { trace } from "../../src/jit/mod.ts";
 * import { gemmFlops } from "./flops.ts";
 *
 * const spec = (...shape: number[]) => ({ shape, dtype: "float32" }) as const;
 * const graph = trace(({ a, b }) => ({ c: tf.matMul(a, b) }), { a: spec(2, 3), b: spec(3, 4) });
 * assertEquals(gemmFlops(graph), 2 * 2 * 3 * 4);
 * ```
 */
export function gemmFlops(graph: Graph): number {
  return graph.nodes
    .filter(({ op }) => op === "Gemm" || op === "MatMul")
    .reduce((sum, node) => sum + 2 * sizeOf(node.outputs[0].shape) * innerLength(node), 0);
}
