import type { Phase } from "../../src/algorithms/algorithm.ts";
import type { Vec } from "../../src/algorithms/transform.ts";

/**
 * A phase after whose every step the parameters are put where a constraint has them, which may be about where they began.
 * State: start, the parameters on entering: float32 [P].
 */
export const afterEachStep = (phase: Phase, constrained: (params: Vec, start: Vec) => Vec): Phase => ({
  ...phase,
  enter: (previous, stream) => ({
    ...phase.enter(previous, stream),
    start: (previous.prey as Float32Array).slice(),
  }),
  step(state, gradAt, clock) {
    const stepped = phase.step(state, gradAt, clock);
    const prey = constrained(stepped.state.prey as Vec, state.start as Vec);
    return { ...stepped, state: { ...stepped.state, prey } };
  },
});
