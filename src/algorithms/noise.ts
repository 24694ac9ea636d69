import * as tf from "@tensorflow/tfjs";
import type { Stream } from "../data/stream.ts";
import type { Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/**
 * Four multiplicative congruential generators s ← a·s mod m. Every product is below 2²², so that float32 holds it exactly
 * and every engine draws the same numbers. Each m is prime, each a generates all of 1 … m − 1, and of those that do it has
 * pairs of successive numbers spread most evenly (the spectral test, Knuth, TAOCP 2, 3.3.4).
 */
const GENERATORS = [
  { modulus: 2039, multiplier: 1572 },
  { modulus: 2029, multiplier: 604 },
  { modulus: 2027, multiplier: 949 },
  { modulus: 2017, multiplier: 583 },
] as const;

/** The sum of two fractions is never 0 exactly, but its float32 may be. */
const LEAST = 1e-7;

/** Where the generators of P numbers start: a tree of four leaves, float32 [P], whole numbers. */
export function noiseState(size: number, stream: Stream): Tree<Float32Array> {
  const start = ({ modulus }: typeof GENERATORS[number]) =>
    Float32Array.from({ length: size }, () => 1 + Math.min(modulus - 2, Math.floor(stream.uniform() * (modulus - 1))));
  return Object.fromEntries(GENERATORS.map((generator, i) => [`${i}`, start(generator)]));
}

/** a·s mod m, exactly: the quotient may be one off, and then the rest is put right. */
function advanced(s: Vec, { modulus, multiplier }: typeof GENERATORS[number]): Vec {
  const product = tf.mul(s, multiplier);
  const rest = tf.sub(product, tf.mul(tf.floor(tf.mul(product, 1 / modulus)), modulus));
  const raised = tf.where(tf.less(rest, 0), tf.add(rest, modulus), rest);
  return tf.where(tf.greaterEqual(raised, modulus), tf.sub(raised, modulus), raised) as Vec;
}

/**
 * A standard normal number for each parameter, and the state of the next: float32 [P].
 *
 * Two uniform numbers are each the fraction of the sum of two generators' s/m, and n = √(−2 ln u)·cos 2πv.
 *
 * Source: Wichmann & Hill 1982, Appl. Stat. 31:188; Box & Muller 1958, Ann. Math. Stat. 29:610.
 */
export function noise(state: Tree<tf.Tensor>): { readonly normal: Vec; readonly state: Tree<tf.Tensor> } {
  const next = GENERATORS.map((generator, i) => advanced(state[i] as Vec, generator));
  const share = (i: number) => tf.mul(next[i], 1 / GENERATORS[i].modulus);
  const fraction = (i: number, j: number) => {
    const sum = tf.add(share(i), share(j));
    return tf.sub(sum, tf.floor(sum));
  };
  const radius = tf.sqrt(tf.mul(tf.log(tf.maximum(fraction(0, 1), LEAST)), -2));
  const normal = tf.mul(radius, tf.cos(tf.mul(fraction(2, 3), 2 * Math.PI))) as Vec;
  return { normal, state: Object.fromEntries(next.map((leaf, i) => [`${i}`, leaf])) };
}
