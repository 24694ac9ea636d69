import type { PaperSentence } from "../../src/declare/claim.ts";
import type { Section } from "./sections.ts";

const inFile = (file: string) =>
(
  ...sentences:
    readonly (readonly [fragment: string, grounds: readonly Section[] | { searched: string } | { other: string }])[]
): PaperSentence<Section>[] =>
  sentences.map(([fragment, grounds]) => ({
    file,
    fragment,
    ...("length" in grounds ? { sections: grounds } : grounds),
  }));

const nowhere = (searched: string) => ({ searched });
const other = (what: string) => ({ other: what });

/** Of methods of other papers: bench/claims/rivals.ts has what they say. */
const RIVALS = other("bench/claims/rivals.ts");
/** Grokfast, the example of the guide. */
const GROKFAST = other("arXiv:2405.20233");
const LEDGER = other("this ledger");

/** Every sentence of README and docs that says something of the paper, with what it rests on. */
export const sentences: readonly PaperSentence<Section>[] = [
  ...inFile("README.md")(
    ["claims up to 100× fewer gradient calls", ["abstract", "1", "7"]],
    ["fits the paper's laws", ["5"]],
    ["red: claims (Figs. 2 and 4)", ["3, Fig. 2", "4, Fig. 4"]],
    ["the speedups that the paper reports are there, and they belong", [
      "2",
      "3, Fig. 2",
      "4, Algorithm 2",
      "4, Fig. 4",
    ]],
    ["which has the standard deviation of the paper's appendix A.1", ["3", "4", "A.1"]],
    ["with the constants of the paper's Fig. 2", ["3, Fig. 2"]],
    ["of every claim of the paper that can be measured", LEDGER],
    ["every claim of the paper, what would show it", LEDGER],
    ["what the paper leaves open of division, and the form", nowhere("norm, activation, token, bias, dropout")],
    ["what the paper says, case by case", ["2", "3", "4", "5"]],
    ["on the task of its largest claim, is worth", GROKFAST],
  ),
  ...inFile("docs/engines.md")(
    ["as the paper does", ["2", "3, Fig. 2"]],
  ),
  ...inFile("docs/faq.md")(
    ["where the paper states 1.0 for division", ["2", "A.1"]],
    ["What the paper leaves open of division", nowhere("norm, activation, token, bias, dropout")],
    ["which the paper does not print, is Omnigrok's", ["A.1"]],
    ["the paper whose claims are measured", LEDGER],
  ),
  ...inFile("docs/findings.md")(
    ["Findings: the paper's claims", LEDGER],
    ["Claims of arXiv:2509.10562 beside", LEDGER],
    ["or says that the paper makes no such claim", LEDGER],
    ["runs that are the paper's as far as it describes them", LEDGER],
    ["standard deviation 1.0, as appendix A.1 states", ["A.1"]],
    ["The methods have the paper's constants, or ours, here", ["2", "3, Fig. 2"]],
    ["The paper prints A, σ and α_p for Algorithm 1", ["3, Fig. 2"]],
    [
      "Those of Algorithm 2 (Figs 4 and 6)",
      nowhere("A =, σ =, α_p: after Fig. 2 only A > α_p, of Fig. 6"),
    ],
    ["Fig. 2 is of training after memorising", ["3", "3, Fig. 2"]],
    ["Claimed: 80×", ["3"]],
    ["Claimed: about 100× (", ["4"]],
    ["Claimed: 20×.", ["3"]],
    ["Claimed: about 100×.", ["4"]],
    [
      "Measured, at constants of ours, for the paper prints none",
      nowhere("A =, σ =, α_p: after Fig. 2 only A > α_p, of Fig. 6"),
    ],
    ["whether it would be at the paper's constants is open", ["4", "4, Fig. 4"]],
    ["Fig. 8 is an example at β = 0.55", ["6", "6, Fig. 8"]],
    ["the coupled decay that Figs 2 and 4 have", ["2", "3, Fig. 2", "4, Algorithm 2"]],
    ["the paper has about 8·10³", ["2"]],
    ["so that it says nothing of the paper's", ["2", "A.1"]],
    ["names AdamW among the optimisers that Algorithm 1 may have", ["3, Algorithm 1", "3, Fig. 2"]],
    ["The paper nowhere claims that it is faster with", ["3", "3, Fig. 3", "4"]],
    [
      "The paper gives no speedup on addition",
      nowhere("addition, 139, times, acceleration: section 5 has none of a hunt"),
    ],
    ["The paper begins every run from the same network", ["5"]],
    ["The paper's sentence is of Algorithm 2 and of iterations", ["5"]],
    ["_Without dropout_, of which the paper says nothing", nowhere("dropout")],
    ["drawn in a hypercube, the paper's protocol", ["5", "5, Fig. 7"]],
    [
      "Where they lie it does not say; here they are about 0",
      nowhere("hypercube, centre, center, origin, zero, about"),
    ],
    ["_The paper's protocol_ draws starts at random in hypercubes", ["5", "5, Fig. 7"]],
    ["_A straight line through means of three_, as Fig. 7 has it", ["5", "5, Fig. 7"]],
    ["The paper says of Algorithm 2 alone", ["4", "4, Fig. 4", "4, Fig. 6"]],
    ["the paper says it of Algorithm 2", ["4", "4, Fig. 6"]],
    ["The paper says of its Fig. 2 that the predator loses accuracy", ["3", "3, Fig. 2"]],
    ["is of division in the paper's form", ["3", "3, Fig. 3"]],
    ["The paper sees two regimes on division", ["2", "2, Fig. 1"]],
    ["The paper does not claim it of those", ["6", "6, Fig. 8"]],
    ["The paper takes the usual constants for its baseline", ["2"]],
    ["has the constants that the paper gives it there", ["3, Fig. 2"]],
    ["AdamW at the paper's constants 626", ["2"]],
  ),
  ...inFile("docs/findings.md")(
    ["**Grokfast** (arXiv:2405.20233, claimed:", GROKFAST],
    ["**Muon** (arXiv:2504.16041, claimed:", RIVALS],
    ["**⊥Grad** (arXiv:2501.04697, claimed:", RIVALS],
  ),
  ...inFile("docs/gate.md")(
    ["the paper's own figures beside ours", ["2", "3, Fig. 2", "4"]],
    ["as on the axes of the paper's Fig. 7", ["5", "5, Fig. 7"]],
  ),
  ...inFile("docs/guide.md")(
    ["Its authors give α = 0.98 and λ = 2", GROKFAST],
    ["The suite has it as `grokfast`, on the optimisers of its authors", GROKFAST],
    ["as in the authors' code", GROKFAST],
    ["as the paper's methods do", ["2", "3"]],
    ["from the paper and not from your TypeScript", other("the source of whatever method is written")],
    ["are every field of the algorithm, from the paper too", other("the source of whatever method is written")],
  ),
  ...inFile("docs/method.md")(
    ["the paper does not say from where it counts", ["3", "3, Fig. 2", "4"]],
    ["The paper's own figures stand beside ours", ["2", "3, Fig. 2", "4"]],
    ["Where the paper is silent on division", ["A.1"]],
    ["So was one that the paper does state", ["A.1"]],
    ["The figures of the paper were redrawn", [
      "2, Fig. 1",
      "3, Fig. 2",
      "3, Fig. 3",
      "4, Fig. 4",
      "4, Fig. 5",
      "4, Fig. 6",
      "5, Fig. 7",
      "6, Fig. 9",
    ]],
    ["a constant of the paper that we do not know", ["4, Fig. 4", "4, Fig. 6", "A.1"]],
  ),
  ...inFile("docs/reproduction.md")(
    ["Reproducing the paper's cases: what it leaves open", nowhere("norm, activation, token, bias, dropout")],
    [
      "does not say where the layer norms",
      nowhere("norm, activation, token, bias, dropout; A.1 has sizes, Xavier and std"),
    ],
    ["the paper's baseline generalises near 4·10³ epochs", ["2"]],
    ["in appendix A.1: normal, with standard deviation 1.0", ["A.1"]],
    ["The rule by which the form is chosen", ["2", "A.1"]],
    ["so the rule settles what is run, not what the paper ran", ["2", "A.1"]],
    ["The medians of all three lie below the paper's 4·10³", ["2"]],
    ["contradicts the paper in one stated constant", ["A.1"]],
    ["a value that the paper has for addition only", ["A.1"]],
    ["The paper's 4·10³ is of that size", ["2"]],
    ["is all that the paper says of its form", ["2", "A.1"]],
  ),
  ...inFile("docs/tuning.md")(
    ["The paper's baseline is AdamW with α = 10⁻³", ["2"]],
    ["given up where Adam-L2 at the paper's constants", ["2"]],
    ["How many trials went into the paper's constants", ["3, Fig. 2"]],
    ["at the paper's own α = 10⁻³", ["2"]],
    ["has hardly a delay at the paper's constants either", ["2"]],
  ),
];
