import * as tf from "@tensorflow/tfjs";
import { type Layout, type Piece, pieceSize } from "./layout.ts";
import type { Transform, Updated, Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/** Gives for a parameter tensor, in its own shape, one of that shape; `beside` are the same piece of other vectors. */
export type OfPiece = (tensor: tf.Tensor, piece: Piece, ...beside: tf.Tensor[]) => tf.Tensor;

/**
 * Applies a function to each parameter tensor of a flat vector: float32 [P] → [P].
 *
 * @param others vectors whose pieces the function is given as well, as the weights beside the gradient
 */
export function mapPieces(vector: Vec, layout: Layout, f: OfPiece, ...others: readonly Vec[]): Vec {
  const sizes = layout.map(pieceSize);
  const [own, ...beside] = [vector, ...others].map((each) =>
    tf.split(each, sizes).map((part, i) => tf.reshape(part, [...layout[i].shape]))
  );
  const mapped = layout.map((piece, i) => tf.reshape(f(own[i], piece, ...beside.map((each) => each[i])), [-1]));
  return tf.concat(mapped) as Vec;
}

/** A transformation for the pieces of a kind. */
export type ByLabel = Readonly<Record<string, Transform>>;

/** The numbers that pieces with one label have, as a layout and as places in the flat vector. */
function shareOf(layout: Layout, labels: readonly string[], label: string): Layout {
  return layout.filter((_, i) => labels[i] === label);
}

/** The pieces with one label as one vector. */
function gathered(vector: Vec, layout: Layout, labels: readonly string[], label: string): Vec {
  const parts = tf.split(vector, layout.map(pieceSize));
  return tf.concat(parts.filter((_, i) => labels[i] === label)) as Vec;
}

/**
 * Gives each parameter tensor to the transformation of its label, as optax's `partition`: matrices to one, the rest to
 * another. Each sees one flat vector of its own pieces, in their order.
 *
 * State: one tree a label. Clock names are `label/name`, so that they cannot collide. Probes are taken for
 * norms: that of the whole vector has a square that is the sum of the squares of those of its parts.
 *
 * @param labelOf label of a piece; @throws {RangeError} for one that no transformation has
 * Source: DeepMind 2020, optax, `partition`.
 */
export function partition(layout: Layout, labelOf: (piece: Piece) => string, byLabel: ByLabel): Transform {
  const labels = layout.map(labelOf);
  const unknown = labels.find((label) => !(label in byLabel));
  if (unknown !== undefined) throw new RangeError(`partition: no transformation has the label '${unknown}'`);
  const used = Object.keys(byLabel).filter((label) => labels.includes(label));
  const sizeOf = (label: string) => shareOf(layout, labels, label).reduce((sum, piece) => sum + pieceSize(piece), 0);
  return {
    init: () => Object.fromEntries(used.map((label) => [label, byLabel[label].init(sizeOf(label))])),
    clock: (t) =>
      Object.fromEntries(
        used.flatMap((label) => Object.entries(byLabel[label].clock(t)).map(([name, x]) => [`${label}/${name}`, x])),
      ),
    update(gradient, state, params, clock, loss): Updated {
      const next: Record<string, Tree<tf.Tensor>> = {};
      const squares: Record<string, tf.Scalar[]> = {};
      const updates = new Map(used.map((label) => {
        const own = Object.entries(clock).flatMap(([name, x]) =>
          name.startsWith(`${label}/`) ? [[name.slice(label.length + 1), x] as const] : []
        );
        const [g, p] = [gradient, params].map((vector) => gathered(vector, layout, labels, label));
        const updated = byLabel[label].update(
          g,
          (state[label] ?? {}) as Tree<tf.Tensor>,
          p,
          Object.fromEntries(own),
          loss,
        );
        next[label] = updated.state;
        for (const [name, x] of Object.entries(updated.probes ?? {})) (squares[name] ??= []).push(tf.square(x));
        const sizes = shareOf(layout, labels, label).map(pieceSize);
        return [label, tf.split(updated.update, sizes)] as const;
      }));
      const parts = labels.map((label) => updates.get(label)!.shift()!);
      const norms = Object.entries(squares).map(([name, of]) => [name, tf.sqrt(of.reduce((sum, x) => tf.add(sum, x)))]);
      return { update: tf.concat(parts) as Vec, state: next, probes: Object.fromEntries(norms) };
    },
  };
}
