import { mapTree, type Tree } from "../../../src/algorithms/tree.ts";
import { constants, hunts, phases } from "./faults.ts";
import type { Mutant } from "./mutant.ts";

const INTERACTION = "src/algorithms/interaction.ts";

const zeros = (like: Tree<Float32Array>) => mapTree(like, (array) => new Float32Array(array.length));

/** The interaction of the agents, and what leads to it. */
export const hunt: readonly Mutant[] = [
  {
    id: "direction-sign",
    what: "l points from prey to predator",
    edit: { file: INTERACTION, find: "tf.sub(prey, predator)", replace: "tf.sub(predator, prey)" },
  },
  {
    id: "distance-before-step",
    what: "d and l are taken before the optimiser steps",
    edit: {
      file: "src/algorithms/ppm.ts",
      find: "const met = interact(tf.add(x, hunted.update), hunting ? tf.add(y, hunting.update) : y, hyper);",
      replace: "const before = interact(x, y, hyper);\n" +
        "      const moved = hunting ? tf.add(before.predator, hunting.update) as Vec : before.predator;\n" +
        "      const met = { ...before, prey: tf.add(before.prey, hunted.update) as Vec, predator: moved };",
    },
  },
  {
    id: "push-without-rate",
    what: "the push on the prey lacks α",
    edit: { file: INTERACTION, find: "tf.mul(potential, learningRate)", replace: "potential" },
  },
  {
    id: "chase-without-rate",
    what: "the chase lacks α",
    fault: constants("alphaP", ({ alphaP, learningRate }) => ({ alphaP: Number(alphaP) / Number(learningRate) })),
  },
  {
    id: "range-inverted",
    what: "the potential is A·exp(−d·σ)",
    fault: constants("sigma", ({ sigma }) => ({ sigma: 1 / Number(sigma) })),
  },
  {
    id: "predator-moments-zero",
    what: "the predator's optimiser starts from zeros, not from a copy (ppm-gradpred)",
    fault: hunts("ppm-gradpred", ({ enter }) => ({
      enter(previous, stream) {
        const state = enter(previous, stream);
        return { ...state, predatorOptimiser: zeros(state.predatorOptimiser as Tree<Float32Array>) };
      },
    })),
  },
  {
    id: "clock-restarts",
    what: "t starts again at the hunt of Algorithm 1",
    fault: hunts("ppm", () => ({ restartsClock: true })),
  },
  {
    id: "clock-twice",
    what: "both agents of Algorithm 2 advance the t of their shared state",
    fault: hunts("pp-conn", ({ clock }) => ({ clock: (t) => clock(2 * t) })),
  },
  {
    id: "use-m-swapped",
    what: "useM means the raw gradient, and the reverse",
    fault: constants("useM", ({ useM }) => ({ useM: !useM })),
  },
  {
    id: "predator-without-decay",
    what: "the predator of Algorithm 2 skips the weight decay",
    edit: {
      file: "src/algorithms/pp_conn.ts",
      find: "optimiser.update(predatorGradient, hunted.state, y, clock, own?.loss ?? loss)",
      replace: "optimiser.update(predatorGradient, hunted.state, tf.zerosLike(y), clock, own?.loss ?? loss)",
    },
  },
  {
    id: "predator-call-uncounted",
    what: "the predator's gradient call is not counted (ppm-gradpred)",
    fault: hunts("ppm-gradpred", () => ({ gradientCalls: 1 })),
  },
  {
    id: "n-d-plus-one",
    what: "N_d + 1 prey-only steps",
    fault: constants("nD", ({ nD }) => ({ nD: Number(nD) + 1 })),
  },
  {
    id: "predator-at-zero",
    what: "the predator starts at 0, not at θ₀",
    fault: phases(({ enter }) => ({
      enter(previous, stream) {
        const state = enter(previous, stream);
        return { ...state, predator: zeros({ predator: state.predator }).predator };
      },
    }), { isSuch: ({ id }) => id === "prey-only" }),
  },
  {
    id: "random-not-unit",
    what: "the random direction has the length of as many draws, not 1",
    fault: hunts("pp-conn-random", ({ enter }) => ({
      enter(previous, stream) {
        const state = enter(previous, stream);
        const direction = state.direction as Float32Array;
        return { ...state, direction: direction.map((x) => x * Math.sqrt(direction.length)) };
      },
    })),
  },
  {
    id: "fast-not-exchanged",
    what: "A and α_p are not exchanged in pp-conn-fast",
    fault: constants("A", ({ A, alphaP }) => ({ A: alphaP, alphaP: A }), "pp-conn-fast"),
  },
];
