import * as tf from "@tensorflow/tfjs";
import { type Layout, type Piece, pieceSize } from "./layout.ts";
import type { Transform, Updated, Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/**
 * Applies a function to each parameter tensor of a flat vector: float32 [P] → [P].
 *
 * @param f gets the tensor in its own shape and gives one of that shape
 */
export function mapPieces(vector: Vec, layout: Layout, f: (tensor: tf.Tensor, piece: Piece) => tf.Tensor): Vec {
  const parts = tf.split(vector, layout.map(pieceSize));
  const mapped = layout.map((piece, i) => tf.reshape(f(tf.reshape(parts[i], [...piece.shape]), piece), [-1]));
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
 * State: one tree a label. Clock names are `label/name`, so that they cannot collide; probes of one name are the last's.
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
    update(gradient, state, params, clock): Updated {
      const next: Record<string, Tree<tf.Tensor>> = {};
      const probes: Record<string, tf.Scalar> = {};
      const updates = new Map(used.map((label) => {
        const own = Object.entries(clock).flatMap(([name, x]) =>
          name.startsWith(`${label}/`) ? [[name.slice(label.length + 1), x] as const] : []
        );
        const [g, p] = [gradient, params].map((vector) => gathered(vector, layout, labels, label));
        const updated = byLabel[label].update(g, (state[label] ?? {}) as Tree<tf.Tensor>, p, Object.fromEntries(own));
        next[label] = updated.state;
        Object.assign(probes, updated.probes);
        const sizes = shareOf(layout, labels, label).map(pieceSize);
        return [label, tf.split(updated.update, sizes)] as const;
      }));
      const parts = labels.map((label) => updates.get(label)!.shift()!);
      return { update: tf.concat(parts) as Vec, state: next, probes };
    },
  };
}
