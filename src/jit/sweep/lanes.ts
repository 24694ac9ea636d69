import type { Code } from "./assembler.ts";

/** Writes the instructions for four elements at once; operands are locals, the result is left on the stack. */
type LaneOperator = (code: Code, ...operands: number[]) => void;

/**
 * Operators on four float32 lanes, by the name of the ONNX operator. A bool is a mask: all ones or zero in each lane.
 *
 * Each is one IEEE operation or a choice, so the results are the same on every processor.
 */
export const LANE_OPERATORS: ReadonlyMap<string, LaneOperator> = new Map(Object.entries<LaneOperator>({
  Abs: (code, x) => code.get(x).do("f32x4.abs"),
  Add: (code, a, b) => code.get(a, b).do("f32x4.add"),
  And: (code, a, b) => code.get(a, b).do("v128.and"),
  Cast: (code, mask) => code.get(mask).splat(1).do("v128.and"),
  Div: (code, a, b) => code.get(a, b).do("f32x4.div"),
  Equal: (code, a, b) => code.get(a, b).do("f32x4.eq"),
  Expand: (code, x) => code.get(x),
  Greater: (code, a, b) => code.get(a, b).do("f32x4.gt"),
  GreaterOrEqual: (code, a, b) => code.get(a, b).do("f32x4.ge"),
  Less: (code, a, b) => code.get(a, b).do("f32x4.lt"),
  LessOrEqual: (code, a, b) => code.get(a, b).do("f32x4.le"),
  Max: (code, a, b) => code.get(a, b).do("f32x4.max"),
  Min: (code, a, b) => code.get(a, b).do("f32x4.min"),
  Mul: (code, a, b) => code.get(a, b).do("f32x4.mul"),
  Neg: (code, x) => code.get(x).do("f32x4.neg"),
  Not: (code, mask) => code.get(mask).do("v128.not"),
  Or: (code, a, b) => code.get(a, b).do("v128.or"),
  Reciprocal: (code, x) => code.splat(1).get(x).do("f32x4.div"),
  Relu: (code, x) => code.get(x).splat(0).do("f32x4.max"),
  Sign: (code, x) => {
    // (x > 0) − (x < 0)
    code.get(x).splat(0).do("f32x4.gt").splat(1).do("v128.and");
    code.get(x).splat(0).do("f32x4.lt").splat(1).do("v128.and", "f32x4.sub");
  },
  Sqrt: (code, x) => code.get(x).do("f32x4.sqrt"),
  Sub: (code, a, b) => code.get(a, b).do("f32x4.sub"),
  Where: (code, mask, a, b) => code.get(a, b, mask).do("v128.bitselect"),
}));
