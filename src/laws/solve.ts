/** Below this share of its diagonal entry a pivot is rounding: the equations say nothing of that direction. */
const NOTHING = 1e-13;

/**
 * x of A·x = b for a symmetric, positive semidefinite A, of which only the lower triangle is read and only as many rows
 * as b has. Directions that A does not determine stay 0.
 *
 * Source: LDLᵀ without pivoting; Golub & Van Loan 2013, Matrix Computations, 4th ed., section 4.1.
 */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const size = b.length;
  const factor = b.map(() => new Array<number>(size).fill(0));
  const pivots = new Array<number>(size).fill(0);
  const x = [...b];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      let value = a[i][j];
      for (let k = 0; k < j; k++) value -= factor[i][k] * pivots[k] * factor[j][k];
      factor[i][j] = pivots[j] === 0 ? 0 : value / pivots[j];
      x[i] -= factor[i][j] * x[j];
    }
    let pivot = a[i][i];
    for (let k = 0; k < i; k++) pivot -= factor[i][k] ** 2 * pivots[k];
    pivots[i] = pivot > NOTHING * a[i][i] ? pivot : 0;
  }
  for (let i = size - 1; i >= 0; i--) {
    x[i] = pivots[i] === 0 ? 0 : x[i] / pivots[i];
    for (let k = i + 1; k < size; k++) x[i] -= factor[k][i] * x[k];
    if (pivots[i] === 0) x[i] = 0;
  }
  return x;
}
