import type { Node, Value } from "../graph.ts";
import { assemble } from "./assembler.ts";
import { isConstant, operandsOf } from "./divide.ts";
import { loopCode, placesOf } from "./loop.ts";
import type { SweepMemory } from "./memory.ts";
import type { Place, Plan } from "./plan.ts";
import { SCALAR_OPERATORS } from "./scalars.ts";

/** Where a place is at the moment. */
export type Locate = (place: Place) => number;

/** One step of a sweep. */
type Action = (locate: Locate) => void;

/** One operator on single numbers, by their slots. */
function scalarAction({ op, ...node }: Node, slots: Float32Array, slotOf: (value: Value) => number): Action {
  const operator = SCALAR_OPERATORS.get(op)!;
  const operands = operandsOf({ op, ...node }).map(slotOf);
  const result = slotOf(node.outputs[0]);
  return () => {
    slots[result] = operator(...operands.map((slot) => slots[slot]));
  };
}

/** Carries out a sweep over memory: WebAssembly for the vectors, the host for single numbers in between. */
export class Sweeper {
  readonly #actions: readonly Action[];

  constructor({ stages, slots }: Plan, { memory, slots: numbers }: SweepMemory) {
    for (const [value, slot] of slots) if (isConstant(value)) numbers[slot] = value.fill ?? value.data![0];
    const loops = stages.flatMap((stage) => stage.loops);
    const module = new WebAssembly.Module(assemble(loops.map((loop) => loopCode(loop, slots))));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const loopActions = new Map(loops.map((loop, i) => {
      const run = exports[`${i}`] as (...addresses: number[]) => void;
      const places = placesOf(loop);
      return [loop, ((locate) => run(...places.map(locate))) as Action];
    }));
    const slotOf = (value: Value) => slots.get(value)!;
    this.#actions = stages.flatMap(({ scalars, loops }) => [
      ...scalars.map((node) => scalarAction(node, numbers, slotOf)),
      ...loops.map((loop) => loopActions.get(loop)!),
    ]);
  }

  run(locate: Locate): void {
    for (const act of this.#actions) act(locate);
  }
}
