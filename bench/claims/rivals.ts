/** What the authors of another method say of its speed, in our words. */
export interface RivalClaim {
  readonly algorithm: string;
  /** What is claimed, over what, and on what task; or that nothing is. */
  readonly claimed: string;
  readonly source: string;
}

/** In the order of the registry. Methods that nobody has claimed to be faster are there too: they are in the field's talk. */
export const rivalClaims: readonly RivalClaim[] = [
  {
    algorithm: "grokfast",
    claimed: "39,890 → 910 iterations on multiplication mod 97, over Adam without decay; MNIST 44,022 → 2,001",
    source: "arXiv:2405.20233",
  },
  {
    algorithm: "grokfast-ma",
    claimed: "39,890 → 790 iterations on multiplication mod 97, over Adam without decay",
    source: "arXiv:2405.20233",
  },
  { algorithm: "grokadamw", claimed: "no figure", source: "Hartford 2024, GrokAdamW" },
  { algorithm: "orthograd", claimed: "groks without decay; no speed", source: "arXiv:2501.04697" },
  { algorithm: "norm-projection", claimed: "grokking vanishes at the right norm", source: "arXiv:2210.01117" },
  { algorithm: "stablemax", claimed: "groks without regularisation", source: "arXiv:2501.04697" },
  { algorithm: "muon", claimed: "153 → 103 epochs over AdamW, mean of seven tasks", source: "arXiv:2504.16041" },
  { algorithm: "muon-cap", claimed: "the growth of norms is a by-product", source: "Zenodo record 21020292" },
  {
    algorithm: "egd",
    claimed: "takes the plateau away; half of the epochs on sparse parity",
    source: "arXiv:2510.04930",
  },
  { algorithm: "lion", claimed: "nothing on grokking", source: "arXiv:2302.06675" },
  { algorithm: "sam", claimed: "nothing on grokking", source: "arXiv:2010.01412" },
  { algorithm: "ravine", claimed: "the ancestor of the hunt; nothing on grokking", source: "arXiv:2201.11643" },
  { algorithm: "ravine-sgd", claimed: "the same on gradient descent", source: "arXiv:2201.11643" },
  {
    algorithm: "ema-nesterov",
    claimed: "3,325 → 3,125 steps in a record on language models; nothing on grokking",
    source: "arXiv:2605.25395",
  },
  {
    algorithm: "sgld",
    claimed: "grokking is Brownian motion along a ravine, which noise would make faster",
    source: "arXiv:2412.18624",
  },
];
