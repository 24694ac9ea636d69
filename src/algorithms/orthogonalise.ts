import * as tf from "@tensorflow/tfjs";
import { mapPieces } from "./pieces.ts";
import type { Layout } from "./layout.ts";
import { norm, type Vec } from "./transform.ts";

/** Coefficients a, b, c of a step X ← aX + (bA + cA²)X with A = XXᵀ. */
type Coefficients = readonly [a: number, b: number, c: number];

/** Muon's: they raise small singular values fast, and leave all of them between about 0.7 and 1.2. */
export const MUON_STEP: Coefficients = [3.4445, -4.775, 2.0315];

/** The quintic Newton–Schulz step, whose fixed point is 1 and whose error is cubed: what brings 0.7 to 1 in three steps. */
export const EXACT_STEP: Coefficients = [1.875, -1.25, 0.375];

/** What the norm of a matrix is kept from 0 by. */
const TINY = 1e-7;

/**
 * Newton–Schulz steps towards UVᵀ of X = USVᵀ: float32 [m, n] → [m, n], the same directions with all lengths near 1.
 *
 * The matrix is divided by its Frobenius norm first, so that no singular value is above 1. Without steps that is all.
 *
 * Source: Jordan et al. 2024 (Muon); Björck & Bowie 1971, SIAM J. Numer. Anal. 8:358.
 */
export function orthogonalised(matrix: tf.Tensor2D, steps: readonly Coefficients[]): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const scaled = tf.div(matrix, tf.add(norm(matrix), TINY)) as tf.Tensor2D;
  if (steps.length === 0) return scaled;
  // XXᵀ is as small as can be where X is wide.
  let x = rows > columns ? tf.transpose(scaled) : scaled;
  for (const [a, b, c] of steps) {
    const gram = tf.matMul(x, x, false, true);
    const polynomial = tf.add(tf.mul(gram, b), tf.mul(tf.matMul(gram, gram), c)) as tf.Tensor2D;
    x = tf.add(tf.mul(x, a), tf.matMul(polynomial, x));
  }
  return rows > columns ? tf.transpose(x) : x;
}

/** The Frobenius norm of UVᵀ: √(min(m, n)), for every singular value is 1. */
export const orthogonalNorm = ([rows, columns]: readonly number[]): number => Math.sqrt(Math.min(rows, columns));

/**
 * Applies a function to every matrix of a vector whose pieces are matrices, those that are stacked one by one:
 * float32 [P] → [P].
 */
export function mapMatrices(vector: Vec, matrices: Layout, f: (matrix: tf.Tensor2D) => tf.Tensor): Vec {
  return mapPieces(vector, matrices, (tensor, { stacked = 1 }) => {
    const parts = stacked === 1 ? [tensor] : tf.split(tensor, stacked);
    const mapped = parts.map((part) => f(part as tf.Tensor2D));
    return stacked === 1 ? mapped[0] : tf.concat(mapped);
  });
}
