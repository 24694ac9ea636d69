/** Operators on single numbers, on the host. Results are rounded to float32 where they are kept; a bool is 0 or 1. */
type ScalarOperator = (...operands: number[]) => number;

const bool = (yes: boolean): number => yes ? 1 : 0;

/** By the name of the ONNX operator. */
export const SCALAR_OPERATORS: ReadonlyMap<string, ScalarOperator> = new Map(Object.entries<ScalarOperator>({
  Abs: Math.abs,
  Add: (a, b) => a + b,
  And: (a, b) => bool(a !== 0 && b !== 0),
  Cast: (x) => x,
  Div: (a, b) => a / b,
  Equal: (a, b) => bool(a === b),
  Exp: Math.exp,
  Greater: (a, b) => bool(a > b),
  GreaterOrEqual: (a, b) => bool(a >= b),
  Less: (a, b) => bool(a < b),
  LessOrEqual: (a, b) => bool(a <= b),
  Log: Math.log,
  Max: Math.max,
  Min: Math.min,
  Mul: (a, b) => a * b,
  Neg: (x) => -x,
  Not: (x) => bool(x === 0),
  Or: (a, b) => bool(a !== 0 || b !== 0),
  Reciprocal: (x) => 1 / x,
  Relu: (x) => x > 0 ? x : x === x ? 0 : x,
  Reshape: (x) => x,
  Sign: (x) => x === x ? Math.sign(x) : 0,
  Sqrt: Math.sqrt,
  Sub: (a, b) => a - b,
  Tanh: Math.tanh,
  Where: (condition, a, b) => condition !== 0 ? a : b,
}));
