import { modularCase } from "driven-hunt";

const narrow = { dModel: 32, heads: 2, layers: 1, dFeedforward: 64, batchSize: 64, extraEpochs: 3, maxEpochs: 12 };

export const mul23 = modularCase(
  { id: "mul23", summary: "a·b mod 23, one narrow layer", source: "ours, after arXiv:2201.02177" },
  { ...narrow, operation: "multiply", modulus: 23 },
);

export const s5 = modularCase(
  { id: "s5", summary: "products of permutations of five, one narrow layer", source: "ours, after arXiv:2201.02177" },
  { ...narrow, operation: "s5", modulus: 120, batchSize: 512 },
);
