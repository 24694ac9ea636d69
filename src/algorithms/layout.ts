import * as tf from "@tensorflow/tfjs";
import type { Stream } from "../data/stream.ts";

/** How one parameter tensor starts. */
export type Initial =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "normal"; readonly std: number };

/** Which part of a network a matrix belongs to, for methods that treat parts apart. */
export type Part = "embedding" | "attention" | "feedforward" | "head";

/** One named parameter tensor inside the flat vector. */
export interface Piece {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
  /** Where it belongs; a matrix whose model does not say is taken for one of a hidden layer. */
  readonly part?: Part;
  /** How many matrices of equal height it holds, one above the other; 1 where it does not say. */
  readonly stacked?: number;
}

/** Order of the parameter tensors in the flat vector θ: float32 [P]. */
export type Layout = readonly Piece[];

/** What an optimiser of matrices distinguishes: matrices of hidden layers, embeddings, the head, and vectors. */
export type Kind = "matrix" | "embedding" | "head" | "vector";

/** What a piece is for it. */
export function kindOf({ shape, part }: Piece): Kind {
  if (shape.length < 2) return "vector";
  return part === "embedding" || part === "head" ? part : "matrix";
}

/** How many parameters a tensor has. */
export const pieceSize = (piece: Piece): number => piece.shape.reduce((a, b) => a * b, 1);

/** P, the length of the flat vector. */
export const parameterCount = (layout: Layout): number => layout.reduce((sum, piece) => sum + pieceSize(piece), 0);

/** Views θ: float32 [P] as its named tensors. One split, because its gradient is one concatenation. */
export function unflatten(theta: tf.Tensor1D, layout: Layout): Record<string, tf.Tensor> {
  const parts = tf.split(theta, layout.map(pieceSize));
  return Object.fromEntries(layout.map((piece, i) => [piece.name, tf.reshape(parts[i], [...piece.shape])]));
}

/** Draws θ₀: float32 [P], piece after piece in the order of the layout. */
export function initialise(layout: Layout, stream: Stream): Float32Array {
  const theta = new Float32Array(parameterCount(layout));
  let at = 0;
  for (const piece of layout) {
    const draw = sampler(piece.initial, stream);
    for (let i = pieceSize(piece); i > 0; i--) theta[at++] = draw();
  }
  return theta;
}

function sampler(initial: Initial, stream: Stream): () => number {
  switch (initial.kind) {
    case "constant":
      return () => initial.value;
    case "uniform":
      return () => (2 * stream.uniform() - 1) * initial.bound;
    case "normal":
      return () => stream.normal() * initial.std;
  }
}
