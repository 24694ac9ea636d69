import { halfSize, modular } from "../../src/data/modular.ts";
import { type Operation, operationNames, operations } from "../../src/data/operations.ts";
import { sequences, transformer } from "../../src/problem/transformer/mod.ts";
import { type Case, type CaseName, commonFields, defineCase } from "../../src/problem/case.ts";
import {
  choice,
  type Config,
  count,
  flag,
  fraction,
  nonNegative,
  positive,
  share,
  since,
  withDefaults,
} from "../../src/declare/field.ts";

const formulas = operationNames.map((name) => `${name} (${operations[name].formula})`).join(", ");

const fields = {
  operation: choice<Operation>("divide", `what is learnt, modulo p or in S5: ${formulas}`, operationNames),
  modulus: count(97, "p, the number of elements; prime for division, 120 for S5", 2),
  beta: share(1, "β: share of each half of the pairs that is kept"),
  dModel: count(128, "width of the residual stream"),
  heads: count(4, "attention heads"),
  layers: count(2, "transformer blocks"),
  dFeedforward: count(512, "width of the feed-forward layer"),
  normPlacement: choice<"pre" | "post">("pre", "layer norm before each sublayer, or after its residual sum", [
    "pre",
    "post",
  ]),
  activation: choice<"relu" | "gelu">("relu", "of the feed-forward layer", ["relu", "gelu"]),
  sequence: choice("a op b =", "input tokens; read at the last position", Object.keys(sequences)),
  layerNormEpsilon: positive(1e-5, "ε of layer norm"),
  embeddingStd: nonNegative(1, "standard deviation of initial token and position embeddings"),
  dropout: since(
    fraction(
      0,
      "probability that an element is dropped in training: embeddings, attention weights, hidden units, branches",
    ),
    0,
  ),
  sharedPrefix: flag(true, "compute what depends on one operand once per residue (exact); false: the plain oracle"),
  ...commonFields,
};

const LARGEST_MODULUS = 1000;

/** A transformer on pairs of residues, or of the elements of a group; cross-entropy. */
export function modularCase(info: CaseName, defaults: Partial<Config<typeof fields>>): Case {
  return defineCase(info, {
    family: "modular",
    fields: withDefaults(fields, defaults),
    check(config) {
      if (config.modulus > LARGEST_MODULUS) {
        return `modulus = ${config.modulus}: at most ${LARGEST_MODULUS}, all pairs are held in memory`;
      }
      const wrong = operations[config.operation].check(config.modulus);
      if (wrong) return `modulus = ${config.modulus} ${wrong}`;
      if (config.dModel % config.heads !== 0) {
        return `heads = ${config.heads} does not divide dModel = ${config.dModel}`;
      }
      return null;
    },
    trainSize: halfSize,
    loss: "cross-entropy",
    model: (config) => transformer({ ...config, elements: config.modulus, sequence: sequences[config.sequence] }),
    dataset: (config, seed) => modular(config, seed),
  });
}
