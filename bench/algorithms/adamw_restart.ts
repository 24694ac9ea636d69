import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, decoupledSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw } from "../../src/algorithms/transform.ts";
import { memorise } from "./memorise.ts";

export const adamwRestart = defineAlgorithm({
  id: "adamw-restart",
  summary: "AdamW whose moments start afresh once memorised: Algorithm 1 on AdamW without its predator",
  source: "the control of arXiv:2509.10562, Algorithm 1, on AdamW",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: adamFields,
  search: decoupledSearch,
  agents: ["prey"],
  phases: (h) => [memorise(h), single("train", adamw(h), end)],
});
