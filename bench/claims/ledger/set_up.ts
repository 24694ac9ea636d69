import type { LedgerEntry } from "../../../src/declare/claim.ts";
import type { Section } from "../sections.ts";

/** Appendix A.1. */
export const setUp: readonly LedgerEntry<Section>[] = [
  {
    id: "small-embeddings",
    sections: ["A.1"],
    statement: "Embeddings of standard deviation 0.02 in place of 1.0 make training on addition faster",
    shows: { measure: "epochs to generalise at both", cases: ["add139"], algorithms: ["adamw"] },
    state: "not measured",
    lacks: "runs",
    smallest: "`deno task bench -c add139 -a adamw --set embeddingStd=0.02,1`, five seeds",
  },
  {
    id: "scarce-data-fluctuate",
    sections: ["A.1"],
    statement: "With fewer data a high test accuracy fluctuates more, so addition has a threshold of 95 %",
    shows: {
      measure: "spread of the test accuracy after generalising, over β",
      cases: ["add139"],
      algorithms: ["adamw"],
      columns: ["testAccuracy"],
    },
    state: "not measured",
    lacks: "summary",
    smallest: "a standard deviation of `testAccuracy` after generalising in `leaderboard --probes`",
  },
  {
    id: "what-delays-mnist",
    sections: ["A.1"],
    statement: "MNIST groks because of four steps: 1,000 images, squared error, no softmax, scaled-up weights",
    shows: {
      measure: "delay with each of them taken back, alone",
      cases: ["mnist1k"],
      algorithms: ["adamw"],
      columns: ["trainAccuracy", "testAccuracy"],
    },
    state: "not measured",
    lacks: "runs",
    smallest:
      "`-c mnist1k -a adamw --set initScale=1,2,4,8` and `--set trainSize=1000,60000`; the loss is no field yet",
  },
];
