import type { LedgerEntry } from "../../../src/declare/claim.ts";
import type { Section } from "../sections.ts";

/** Section 2. */
export const standard: readonly LedgerEntry<Section>[] = [
  {
    id: "grokking-delay",
    sections: ["1", "2, Fig. 1"],
    statement: "Under AdamW both problems memorise soon and generalise long after",
    shows: {
      measure: "epochs to memorise and to generalise",
      cases: ["mnist1k", "div97", "div97-smallinit"],
      algorithms: ["adamw"],
      columns: ["trainAccuracy", "testAccuracy"],
    },
    state: "measured",
    verdict: "supported",
    findings: ["grokking-under-adamw"],
  },
  {
    id: "adamw-epochs-mnist",
    sections: ["2"],
    statement: "MNIST generalises after about 8·10³ epochs of AdamW",
    shows: { measure: "epochs to generalise", cases: ["mnist1k"], algorithms: ["adamw"] },
    state: "measured",
    verdict: "supported",
    findings: ["grokking-under-adamw"],
  },
  {
    id: "adamw-epochs-division",
    sections: ["2"],
    statement: "Division generalises after about 4·10³ epochs of AdamW",
    shows: { measure: "epochs to generalise", cases: ["div97", "div97-smallinit"], algorithms: ["adamw"] },
    state: "measured",
    verdict: "open",
    findings: ["grokking-under-adamw"],
  },
  {
    id: "norm-in-two-regimes",
    sections: ["2", "2, Fig. 1"],
    statement: "On division the weight norm rises fast while memorising, and moves slowly afterwards",
    shows: {
      measure: "weight norm at the start, when memorised, when generalised, per epoch between",
      cases: ["div97", "div97-smallinit"],
      algorithms: ["adamw"],
      columns: ["weightNorm"],
    },
    state: "measured",
    verdict: "open",
    findings: ["norms"],
  },
  {
    id: "norm-on-mnist",
    sections: ["2", "2, Fig. 1"],
    statement: "On MNIST the two regimes of the norm are less marked",
    shows: {
      measure: "the same, beside division",
      cases: ["mnist1k", "div97"],
      algorithms: ["adamw"],
      columns: ["weightNorm"],
    },
    state: "measured",
    verdict: "supported",
    findings: ["norms"],
  },
  {
    id: "step-norm-fluctuates",
    sections: ["2", "2, Fig. 1"],
    statement: "The norm of the optimiser's step varies much from batch to batch",
    shows: {
      measure: "ratio of neighbouring step norms",
      cases: ["mnist1k", "div97"],
      algorithms: ["adamw"],
      columns: ["stepNorm"],
    },
    state: "not measured",
    lacks: "summary",
    smallest:
      "a coefficient of variation of `stepNorm` over the first hundred steps of a phase, which are recorded one " +
      "by one",
  },
  {
    id: "time-depends-on-norm",
    sections: ["2"],
    statement: "The number of epochs depends strongly on the initialisation, on its norm above all",
    shows: {
      measure: "epochs to generalise over the factor on the initial vector",
      cases: ["add139-norm", "div97", "div97-smallinit", "mnist1k"],
      algorithms: ["adamw"],
    },
    state: "measured",
    verdict: "partly",
    findings: ["the-initial-norm"],
  },
  {
    id: "time-depends-on-method",
    sections: ["2"],
    statement: "The same architecture under another initialisation can take a very different time",
    shows: {
      measure: "epochs to generalise over the standard deviation of the embeddings, several seeds",
      cases: ["div97", "add139"],
      algorithms: ["adamw"],
    },
    state: "not measured",
    lacks: "runs",
    smallest: "`add139 --set embeddingStd=0.02,0.1,1`, five seeds; division has one seed a form (reproduction.md)",
  },
];
