import type { Algorithm, Hyper, Phase } from "./algorithm.ts";
import { ppConnPhases } from "./pp_conn.ts";
import { ppmPhases } from "./ppm.ts";
import { end, memorised, single } from "./single.ts";
import { adamL2, adamw } from "./transform.ts";

export type { Algorithm, GradAt, Hyper, Phase, Stepped, Tuned, Until } from "./algorithm.ts";

const PAPER = "arXiv:2509.10562";
const same = (hyper: Hyper) => hyper;

/** Phase 1 of the paper: plain AdamW until the training set is memorised. */
const memorise = (hyper: Hyper): Phase => single("memorise", adamw(hyper), memorised);

const conn = (hyper: Hyper) => adamL2({ ...hyper, useFirstMoment: hyper.useM });

/** The algorithm that speedups are measured against. */
export const BASELINE = "adamw";

/** The same method with constants that were looked for: what a speedup is worth. */
export const TUNED_BASELINE = "adamw-tuned";

/** Every algorithm, baselines first. */
export const algorithms: readonly Algorithm[] = [
  {
    id: "adamw",
    summary: "Adam with decoupled weight decay: the baseline",
    source: "arXiv:1711.05101",
    control: null,
    hyper: same,
    phases: (h) => [single("train", adamw(h), end)],
  },
  {
    id: TUNED_BASELINE,
    summary: "AdamW with learning rate and weight decay from a grid, chosen on seeds of their own (profile tune)",
    source: "arXiv:1711.05101",
    control: null,
    hyper: (h, tuned) => ({ ...h, ...tuned }),
    phases: (h) => [single("train", adamw(h), end)],
  },
  {
    id: "adam-l2",
    summary: "AdamW until memorised, then Adam with L2 in the gradient: Algorithm 1 without its predator",
    source: "the control of arXiv:2509.10562, Algorithm 1",
    control: null,
    hyper: same,
    phases: (h) => [memorise(h), single("train", adamL2(h), end)],
  },
  {
    id: "adam-l2-scratch",
    summary: "Adam with L2 in the gradient from initialisation",
    source: "arXiv:1412.6980",
    control: null,
    hyper: same,
    phases: (h) => [single("train", adamL2(h), end)],
  },
  {
    id: "ppm",
    summary: "Algorithm 1 on Adam-L2: the predator chases, the prey is pushed",
    source: `${PAPER}, Algorithm 1, Fig. 2`,
    control: "adam-l2",
    hyper: same,
    phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
  },
  {
    id: "ppm-adamw",
    summary: "Algorithm 1 on AdamW",
    source: `${PAPER}, Algorithm 1`,
    control: "adamw",
    hyper: same,
    phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamw(h), gradPred: false }, h)],
  },
  {
    id: "ppm-gradpred",
    summary: "Algorithm 1 whose predator also descends its gradient (two gradient calls a step)",
    source: `${PAPER}, Algorithm 1, gradPred, Fig. 3`,
    control: "adam-l2",
    hyper: same,
    phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: true }, h)],
  },
  {
    id: "ppm-scratch",
    summary: "Algorithm 1 from initialisation, without the memorisation phase",
    source: `${PAPER}, Fig. 9`,
    control: "adam-l2-scratch",
    hyper: same,
    phases: (h) => ppmPhases({ optimiser: adamL2(h), gradPred: false }, h),
  },
  {
    id: "ppm-nopush",
    summary: "Algorithm 1 with A = 0: the predator is there, the prey is not pushed (ablation)",
    source: `${PAPER}, Algorithm 1`,
    control: "adam-l2",
    hyper: (h) => ({ ...h, A: 0 }),
    phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
  },
  {
    id: "ppm-nochase",
    summary: "Algorithm 1 with α_p = 0: the predator stays at θ₀ (ablation)",
    source: `${PAPER}, Algorithm 1`,
    control: "adam-l2",
    hyper: (h) => ({ ...h, alphaP: 0 }),
    phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
  },
  {
    id: "pp-conn",
    summary: "Algorithm 2: one optimiser state for both agents, predator slower than its prey (A = 1.5 α_p)",
    source: `${PAPER}, Algorithm 2, Fig. 4`,
    control: "pp-conn-alone",
    hyper: same,
    phases: (h) => [memorise(h), ...ppConnPhases({ optimiser: conn(h), gradPred: false }, h)],
  },
  {
    id: "pp-conn-fast",
    summary: "Algorithm 2 with A and α_p exchanged: predator faster than its prey (A = 2/3 α_p)",
    source: `${PAPER}, Algorithm 2, Fig. 4`,
    control: "pp-conn-alone",
    hyper: (h) => ({ ...h, A: h.alphaP, alphaP: h.A }),
    phases: (h) => [memorise(h), ...ppConnPhases({ optimiser: conn(h), gradPred: false }, h)],
  },
  {
    id: "pp-conn-gradpred",
    summary: "Algorithm 2 whose predator uses its own gradient (two gradient calls a step)",
    source: `${PAPER}, Algorithm 2, gradPred`,
    control: "pp-conn-alone",
    hyper: same,
    phases: (h) => [memorise(h), ...ppConnPhases({ optimiser: conn(h), gradPred: true }, h)],
  },
  {
    id: "pp-conn-alone",
    summary: "Algorithm 2 with A = α_p = 0: the shared state without the hunt",
    source: `the control of ${PAPER}, Algorithm 2`,
    control: "adam-l2",
    hyper: (h) => ({ ...h, A: 0, alphaP: 0 }),
    phases: (h) => [memorise(h), ...ppConnPhases({ optimiser: conn(h), gradPred: false }, h)],
  },
  {
    id: "pp-conn-random",
    summary: "Algorithm 2 whose push has a fixed random direction in place of l (ablation)",
    source: `${PAPER}, Algorithm 2`,
    control: "pp-conn-alone",
    hyper: same,
    phases: (h) => [memorise(h), ...ppConnPhases({ optimiser: conn(h), gradPred: false, randomPush: true }, h)],
  },
];
