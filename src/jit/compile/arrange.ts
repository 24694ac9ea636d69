import { apart } from "../apart.ts";
import type { Graph, Value } from "../graph.ts";
import { inputName, outputName } from "../onnx.ts";
import { divide, isScalar, nextName, type Plan, planOf, type Region, SLOTS, sweepInput } from "../sweep/mod.ts";
import type { TracedProgram } from "./traced.ts";

/** A tensor as a stretch of memory. */
export interface Window extends Region {
  readonly place: string;
  /** Elements before it. */
  readonly offset: number;
}

/** A program as it is run: what ONNX Runtime does, the sweep after it, and where everything lies. */
export interface Arrangement {
  readonly front: Graph;
  readonly sweep: Plan;
  readonly regions: ReadonlyMap<string, Region>;
  /** Tensors that ONNX Runtime reads and writes, by their names in the model. */
  readonly feeds: ReadonlyMap<string, Window>;
  readonly fetches: ReadonlyMap<string, Window>;
  readonly results: ReadonlyMap<string, Window>;
  /** Inputs and leaves of the state that the sweep reads as single numbers: place and slot. */
  readonly numbers: readonly (readonly [place: string, slot: number])[];
  /** Leaves of the state that are written beside the old value; the two change places after each run. */
  readonly doubled: readonly string[];
}

const NOTHING: Plan = { stages: [], slots: new Map(), places: new Map(), doubled: [] };

/** Arranges a traced program in memory. */
export function arrange({ graph, state: kept, inputs, results }: TracedProgram): Arrangement {
  const state = Object.keys(kept);
  const { front, sweep } = divide(graph, state);
  const plan = sweep ? planOf(sweep, state) : NOTHING;
  const handed = front.outputs.map(({ name }) => name).filter((name) => !(name in kept) && !results.includes(name));
  const slotOf = new Map([...plan.slots].map(([value, slot]) => [sweepInput(value), slot]));
  // Single numbers lie in slots, whatever shape they are handed on in.
  const pieces = apart(front, state, handed.filter((name) => !slotOf.has(name)));

  const valueOf = new Map(graph.outputs.map(({ name, value }) => [name, value]));
  const inSlot = ({ shape, dtype }: Region, slot: number): Window => ({ shape, dtype, place: SLOTS, offset: slot });
  const at = ({ shape, dtype }: Region, place: string, offset = 0): Window => ({ shape, dtype, place, offset });
  const isSweptNumber = (name: string) => sweep?.outputs.some((o) => o.name === name && isScalar(o.value));
  const fetched = (name: string, value: Value): Window => {
    const piece = pieces.outputs.get(name);
    if (piece) return at(value, piece.of, piece.offset);
    if (!handed.includes(name)) return at(value, name in kept ? nextName(name) : outputName(name));
    return slotOf.has(name) ? inSlot(value, slotOf.get(name)!) : at(value, name);
  };
  const fed = (value: Value): Window => {
    const piece = pieces.inputs.get(value.input!);
    return at(value, inputName(piece?.of ?? value.input!), piece?.offset);
  };
  const renewed = front.outputs.map(({ name }) => name).filter((name) => name in kept);
  const doubled = [...renewed, ...plan.doubled];
  const regions = new Map<string, Region>([
    ...[...plan.places].map(([place, size]) => [place, { shape: [size], dtype: "float32" }] as const),
    ...Object.entries({ ...inputs, ...kept }).map(([name, region]) => [inputName(name), region] as const),
    ...doubled.map((name) => [nextName(name), kept[name]] as const),
    ...results.map((name) => [outputName(name), valueOf.get(name)!] as const),
  ]);
  return {
    front: pieces.graph,
    sweep: plan,
    regions,
    feeds: new Map(pieces.graph.inputs.map((value) => [inputName(value.input!), fed(value)])),
    fetches: new Map(pieces.graph.outputs.map(({ name, value }) => [outputName(name), fetched(name, value)])),
    results: new Map(results.map((name) => {
      const value = valueOf.get(name)!;
      return [name, isSweptNumber(name) ? inSlot(value, plan.slots.get(value)!) : at(value, outputName(name))];
    })),
    numbers: [...plan.slots].flatMap(([{ input }, slot]) =>
      input === undefined ? [] : [[inputName(input), slot] as const]
    ),
    doubled,
  };
}
