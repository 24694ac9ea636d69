import type { LedgerEntry } from "../../../src/declare/claim.ts";
import type { Section } from "../sections.ts";

/** Section 5. */
export const laws: readonly LedgerEntry<Section>[] = [
  {
    id: "data-law",
    sections: ["5", "5, Fig. 7"],
    statement: "Under AdamW the time on addition falls exponentially with the data fraction β",
    shows: { measure: "log T over β: exponential beside other laws", cases: ["add139"], algorithms: ["adamw"] },
    state: "measured",
    verdict: "partly",
    findings: ["the-law-of-the-data-fraction"],
  },
  {
    id: "norm-law",
    sections: ["5", "5, Fig. 7"],
    statement: "It grows linearly with the norm of the initial weights",
    shows: {
      measure: "T over ‖θ₀‖: linear beside other laws",
      cases: ["add139-hypercube", "add139-norm"],
      algorithms: ["adamw"],
    },
    state: "measured",
    verdict: "partly",
    findings: ["the-initial-norm"],
  },
  {
    id: "three-runs",
    sections: ["5"],
    statement: "The mean of three runs a point already shows that line",
    shows: {
      measure: "how often three runs a norm, drawn from more, tell linear from the other laws",
      cases: ["add139-hypercube"],
      algorithms: ["adamw"],
    },
    state: "not measured",
    lacks: "runs",
    smallest: "`deno task bench -c add139-hypercube -a adamw --set startNorm=17.7,26.55,35.4,53.1,70.8`, ten seeds",
  },
  {
    id: "no-data-law-conn",
    sections: ["5"],
    statement: "For Algorithm 2 no explicit dependence of the number of iterations on the sample size was found",
    shows: {
      measure: "gradient calls over β: laws beside a constant",
      cases: ["add139"],
      algorithms: ["pp-conn", "pp-conn-alone"],
    },
    state: "measured",
    verdict: "supported",
    findings: ["no-such-law-under-the-hunt"],
  },
];
