import type { Part, Piece } from "../../algorithms/layout.ts";

/** One position of the input sequence: an operand or a fixed symbol. */
export type Slot = "a" | "b" | "op" | "=";

/** Sequence forms by name; the prediction is read at the last position. */
export const sequences: Readonly<Record<string, readonly Slot[]>> = {
  "a op b =": ["a", "op", "b", "="],
  "a b =": ["a", "b", "="],
  "a op b": ["a", "op", "b"],
};

/** Shape and options of a decoder-only transformer on pairs of elements of a set. */
export interface TransformerConfig {
  /** Size of the set that a, b and the prediction are from. */
  readonly elements: number;
  readonly dModel: number;
  readonly heads: number;
  readonly layers: number;
  readonly dFeedforward: number;
  readonly normPlacement: "pre" | "post";
  readonly activation: "relu" | "gelu";
  readonly sequence: readonly Slot[];
  readonly layerNormEpsilon: number;
  readonly embeddingStd: number;
  /** Probability that an element is dropped in training: of embeddings, attention weights, hidden units and both branches. */
  readonly dropout: number;
  /** Compute what depends on one operand only once per element (exact); `false` is the plain oracle. */
  readonly sharedPrefix: boolean;
}

const xavier = (fanOut: number, fanIn: number) =>
  ({ kind: "uniform", bound: Math.sqrt(6 / (fanIn + fanOut)) }) as const;
const zeros = { kind: "constant", value: 0 } as const;
const ones = { kind: "constant", value: 1 } as const;

function linearPieces(name: string, part: Part, out: number, fanIn: number, stacked = 1): Piece[] {
  // `stacked` matrices one above the other, each with Xavier's bound of its own.
  return [
    { name: `${name}.weight`, shape: [stacked * out, fanIn], initial: xavier(out, fanIn), part, stacked },
    { name: `${name}.bias`, shape: [stacked * out], initial: zeros },
  ];
}

function normPieces(name: string, width: number): Piece[] {
  return [
    { name: `${name}.gain`, shape: [width], initial: ones },
    { name: `${name}.bias`, shape: [width], initial: zeros },
  ];
}

/** Keys and values are one matrix of 2·dModel rows, keys first, because every position that needs one needs the other. */
export function transformerLayout(config: TransformerConfig): Piece[] {
  const { elements, dModel, dFeedforward, layers, sequence, embeddingStd } = config;
  const embedding = { kind: "normal", std: embeddingStd } as const;
  const blocks = Array.from({ length: layers }, (_, i) => [
    ...linearPieces(`block${i}.attention.query`, "attention", dModel, dModel),
    ...linearPieces(`block${i}.attention.keyValue`, "attention", dModel, dModel, 2),
    ...linearPieces(`block${i}.attention.output`, "attention", dModel, dModel),
    ...normPieces(`block${i}.norm1`, dModel),
    ...linearPieces(`block${i}.feedforward.in`, "feedforward", dFeedforward, dModel),
    ...linearPieces(`block${i}.feedforward.out`, "feedforward", dModel, dFeedforward),
    ...normPieces(`block${i}.norm2`, dModel),
  ]).flat();
  return [
    { name: "token_embedding", shape: [elements + 2, dModel], initial: embedding, part: "embedding" },
    { name: "position_embedding", shape: [sequence.length, dModel], initial: embedding, part: "embedding" },
    ...blocks,
    ...(config.normPlacement === "pre" ? normPieces("final_norm", dModel) : []),
    ...linearPieces("head", "head", elements, dModel),
  ];
}
