import * as tf from "@tensorflow/tfjs";
import type { Phase } from "../../../src/algorithms/algorithm.ts";
import { memorised, single } from "../../../src/algorithms/single.ts";
import { adamL2, type OptimiserConfig, type Vec } from "../../../src/algorithms/transform.ts";
import type { Values } from "../../../src/declare/field.ts";
import { clocks, otherDefault, phases, trainsAs } from "./faults.ts";
import type { Mutant } from "./mutant.ts";

const TRANSFORM = "src/algorithms/transform.ts";

/** What happens in one step. */
export const optimiser: readonly Mutant[] = [
  {
    id: "beta2-default",
    what: "β₂ is 0.99, not 0.999",
    fault: otherDefault("algorithms", "beta2", { from: 0.999, to: 0.99 }),
  },
  {
    id: "no-second-correction",
    what: "the second moment is not corrected for its bias",
    fault: clocks((clock) => (t) => ({ ...clock(t), secondCorrection: 1 })),
  },
  {
    id: "correction-off-by-one",
    what: "both bias corrections are those of step t + 1",
    fault: clocks((clock) => (t) => clock(t + 1)),
  },
  {
    id: "adamw-coupled",
    what: "the decay of AdamW goes through the moments",
    fault: trainsAs("adamw", "adam-l2-scratch"),
  },
  {
    id: "adam-l2-decoupled",
    what: "the decay of Adam-L2 does not go through the moments",
    fault: trainsAs("adam-l2-scratch", "adamw"),
  },
  {
    id: "epsilon-in-root",
    what: "Adam's ε is added under the root",
    edit: {
      file: TRANSFORM,
      find: "tf.add(tf.sqrt(tf.mul(v, clock.secondCorrection)), epsilon)",
      replace: "tf.sqrt(tf.add(tf.mul(v, clock.secondCorrection), epsilon))",
    },
  },
  {
    id: "memorise-by-l2",
    what: "memorisation runs Adam-L2, not AdamW",
    fault: phases(
      (_, hyper) => single("memorise", adamL2(hyper as unknown as OptimiserConfig), memorised),
      { isSuch: ({ id }) => id === "memorise" },
    ),
  },
];

/** A step whose weight decay ends: decoupled, what it took is given back; coupled, it is taken out of the gradient. */
function decaysFor(steps: number, { clock, step }: Phase, hyper: Values, coupled: boolean): Partial<Phase> {
  const [rate, decay] = [Number(hyper.learningRate), Number(hyper.weightDecay)];
  return {
    clock: (t) => ({ ...clock(t), undecayed: t > steps ? (coupled ? decay : rate * decay) : 0 }),
    step(state, gradAt, at) {
      const share = (params: tf.Tensor) => tf.mul(params, at.undecayed) as Vec;
      if (coupled) {
        return step(state, (params) => {
          const { loss, grad } = gradAt(params);
          return { loss, grad: tf.sub(grad, share(params)) };
        }, at);
      }
      const { state: next, ...rest } = step(state, gradAt, at);
      return { ...rest, state: { ...next, prey: tf.add(next.prey as Vec, share(state.prey as Vec)) } };
    },
  };
}

const trains = ({ id }: Phase) => id === "train";

/** What the first 39 to 68 steps cannot show, and the 224 of the canary `late` do. */
export const optimiserLater: readonly Mutant[] = [
  {
    id: "correction-frozen",
    what: "the second correction stays what it is at step 100",
    fault: clocks((clock) => (t) => ({ ...clock(t), secondCorrection: clock(Math.min(t, 100)).secondCorrection })),
  },
  {
    id: "decay-ends",
    what: "the weight decay ends after 100 steps",
    fault: (catalogue) => {
      const decoupled = phases((phase, hyper) => decaysFor(100, phase, hyper, false), { of: "adamw", isSuch: trains });
      const coupled = phases((phase, hyper) => decaysFor(100, phase, hyper, true), { of: "adam-l2", isSuch: trains });
      return coupled(decoupled(catalogue));
    },
  },
  {
    id: "clock-wraps",
    what: "t is kept in seven bits: the bias corrections start again every 128 steps",
    fault: clocks((clock) => (t) => clock((t - 1) % 128 + 1)),
  },
];
