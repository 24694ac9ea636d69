import type { Graph } from "../graph.ts";
import { partition, type ProgramSpec } from "../program.ts";
import { type Specs, trace } from "../trace.ts";
import { type Lanes, vmap } from "../vmap.ts";

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

function widened(specs: Specs, lanes: Lanes | null): Specs {
  if (lanes === null) return specs;
  const shapeOf = (name: string) =>
    lanes.shared?.includes(name) ? specs[name].shape : [lanes.count, ...specs[name].shape];
  return Object.fromEntries(Object.entries(specs).map(([name, s]) => [name, { ...s, shape: shapeOf(name) }]));
}

/**
 * Traces a program.
 *
 * @param lanes null for one run; else every tensor that they do not share has them as its first axis
 * @throws where the body is no function of its tensors, changes the shape of its state, or lanes are to share state
 */
export function tracedProgram(spec: ProgramSpec, lanes: Lanes | null): TracedProgram {
  const kept = lanes?.shared?.find((name) => name in spec.state);
  if (kept !== undefined) throw new TypeError(`compile: state '${kept}' is each lane's own; share inputs only`);
  const traced = trace(spec.body, { ...spec.state, ...spec.inputs });
  const parts = partition(spec, Object.fromEntries(traced.outputs.map(({ name, value }) => [name, value])));
  const whole = lanes === null ? traced : vmap(traced, lanes);
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
