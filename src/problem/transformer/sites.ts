import type { Dropout } from "../model.ts";
import type { TransformerConfig } from "./config.ts";

/** Positions of a block that are computed: of the last block only the one that is read. */
export const firstPosition = ({ layers, sequence }: Pick<TransformerConfig, "layers" | "sequence">, block: number) =>
  block === layers - 1 ? sequence.length - 1 : 0;

/** Site of the weights with which one position attends to itself and those before it. */
export const weightsSite = (block: string, position: number): string => `${block}.attention.weights.${position}`;

/**
 * Where the transformer drops elements: embeddings, attention weights, the hidden units of the feed-forward layer, and what
 * both branches add to the residual stream. Rows of a site are position by position, and in each sample by sample.
 *
 * Source: Vaswani et al. 2017, arXiv:1706.03762, section 5.4; the places are those of PyTorch's `TransformerEncoderLayer`.
 */
export function dropoutOf(config: TransformerConfig): Dropout | undefined {
  const { dropout: rate, dModel, dFeedforward, heads, layers, sequence } = config;
  if (rate === 0) return undefined;
  return {
    rate,
    sites(rows) {
      const sites: Record<string, readonly number[]> = { embedding: [rows * sequence.length, dModel] };
      for (let i = 0; i < layers; i++) {
        const first = firstPosition(config, i);
        const computed = rows * (sequence.length - first);
        for (let j = first; j < sequence.length; j++) sites[weightsSite(`block${i}`, j)] = [rows, heads, j + 1];
        sites[`block${i}.attention.branch`] = [computed, dModel];
        sites[`block${i}.feedforward.hidden`] = [computed, dFeedforward];
        sites[`block${i}.feedforward.branch`] = [computed, dModel];
      }
      return sites;
    },
  };
}
