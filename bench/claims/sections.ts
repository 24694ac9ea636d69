/** The places of the paper that an entry may name, in its order, with what is there. */
export const SECTIONS = {
  "abstract": "the method in a paragraph",
  "1": "what grokking is taken for, and what a hunt is to change",
  "2": "problems, thresholds and the AdamW baseline",
  "2, Fig. 1": "two baseline runs",
  "3": "two agents, and what is seen of them",
  "3, Algorithm 1": "two optimiser states",
  "3, Fig. 2": "Algorithm 1 without a gradient for the predator",
  "3, Fig. 3": "Algorithm 1 with one",
  "4": "the variant with shared moments",
  "4, Algorithm 2": "one optimiser state",
  "4, Fig. 4": "runs of Algorithm 2",
  "4, Fig. 5": "Algorithm 2 beside the baseline",
  "4, Fig. 6": "Algorithm 2 with A > α_p",
  "5": "how the time depends on data and initial norm",
  "5, Fig. 7": "both dependences",
  "6": "other regimes",
  "6, Fig. 8": "a run whose weight norm does not fall",
  "6, Fig. 9": "a hunt from initialisation",
  "7": "conclusion",
  "A.1": "architectures, initialisations, thresholds",
} as const;
export type Section = keyof typeof SECTIONS;
