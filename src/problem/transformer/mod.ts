import type { Model } from "../model.ts";
import { type TransformerConfig, transformerLayout } from "./config.ts";
import { plainForward } from "./plain.ts";
import { sharedForward } from "./shared_prefix.ts";
import { dropoutOf } from "./sites.ts";

export { sequences, type Slot, type TransformerConfig } from "./config.ts";

/**
 * Decoder-only transformer that reads a pair of elements of a set and predicts a third.
 *
 * pre:  h ← h + attention(LN(h)); h ← h + feedforward(LN(h)); LN before the head.
 * post: h ← LN(h + attention(h)); h ← LN(h + feedforward(h)).
 *
 * Inputs `a`, `b`: int32 [B], numbers of elements. Output: float32 [B, elements], read at the last position.
 *
 * Source: Vaswani et al. 2017, arXiv:1706.03762; Power et al. 2022, arXiv:2201.02177.
 */
export function transformer(config: TransformerConfig): Model {
  const forward = config.sharedPrefix ? sharedForward : plainForward;
  return {
    layout: transformerLayout(config),
    inputs: { a: { width: 1, dtype: "int32" }, b: { width: 1, dtype: "int32" } },
    classes: config.elements,
    dropout: dropoutOf(config),
    forward: (params, inputs, kept) => forward(config, params, inputs, kept),
  };
}
