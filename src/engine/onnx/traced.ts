import { type Graph, type Specs, trace, vmap } from "../../jit/mod.ts";
import { partition, type ProgramSpec } from "../engine.ts";

/** A program as a graph, for one run or for several side by side. */
export interface TracedProgram {
  /** Outputs are what a call gives and the state that it renews; what passes through untouched is none. */
  readonly graph: Graph;
  readonly state: Specs;
  readonly inputs: Specs;
  /** Names of the state that is renewed, and of what is no state. */
  readonly updated: readonly string[];
  readonly results: readonly string[];
}

const widened = (specs: Specs, lanes: number | null): Specs =>
  lanes === null
    ? specs
    : Object.fromEntries(Object.entries(specs).map(([name, s]) => [name, { ...s, shape: [lanes, ...s.shape] }]));

/**
 * Traces a program.
 *
 * @param lanes null for one run; else how many, and every tensor has them as its first axis
 * @throws where the body is no function of its tensors, or changes the shape of its state
 */
export function tracedProgram(spec: ProgramSpec, lanes: number | null): TracedProgram {
  const traced = trace(spec.body, { ...spec.state, ...spec.inputs });
  const parts = partition(spec, Object.fromEntries(traced.outputs.map(({ name, value }) => [name, value])));
  const whole = lanes === null ? traced : vmap(traced, { count: lanes });
  const outputs = whole.outputs.filter(({ name, value }) => !(name in spec.state) || value.input !== name);
  const updated = outputs.map(({ name }) => name).filter((name) => name in spec.state);
  return {
    graph: { ...whole, outputs },
    state: widened(spec.state, lanes),
    inputs: widened(spec.inputs, lanes),
    updated,
    results: parts.results,
  };
}
