import { graphText, trace } from "../jit/mod.ts";
import { type Engine, LEAST_LANES, partition, type ProgramSpec } from "./engine.ts";
import { Group, LaneProgram, type Request, type WideEngine } from "./lane_group.ts";

export type { WideEngine } from "./lane_group.ts";

/** The engine of one run among several; it looks like any other. */
export interface LaneEngine extends Engine {
  /** The run is over, or has failed: nobody waits for it any more, and its programs are let go. */
  leave(): Promise<void>;
}

/** The smallest power of two that has room for some lanes, but no more than there are. */
function widthFor(lanes: number, most: number): number {
  let width = LEAST_LANES;
  while (width < lanes) width *= 2;
  return Math.min(width, Math.max(most, LEAST_LANES));
}

/**
 * Runs side by side on one engine: calls of the same program are made together, as one of the wide program.
 *
 * Each run has an engine of its own and knows nothing of the others. A call is made when every run waits for one: that of a
 * program all of whose runs wait, else that of the fewest, so that whoever is behind catches up. No lane sees another: its
 * results do not depend on who is beside it, nor on how many there are, but for the rounding of the wide program.
 */
export class Lanes {
  readonly #engine: WideEngine;
  readonly #most: number;
  readonly #groups = new Map<string, Group>();
  #joined = 0;
  #live = 0;
  #waiting: Request[] = [];
  #isBusy = false;

  /** @param most how many runs there may be at once */
  constructor(engine: WideEngine, most: number) {
    this.#engine = engine;
    this.#most = most;
  }

  /** The engine of one more run. */
  join(): LaneEngine {
    if (this.#live >= this.#most) throw new RangeError(`lanes: there are ${this.#live} runs already`);
    const lane = this.#joined++;
    this.#live++;
    const own: LaneProgram[] = [];
    let isHere = true;
    return {
      id: this.#engine.id,
      device: this.#engine.device,
      // deno-lint-ignore require-await -- what cannot be compiled is a rejection, as on every engine
      compile: async (spec) => {
        const program = this.#compile(spec, lane);
        own.push(program);
        return program;
      },
      leave: async () => {
        if (isHere) this.#live--;
        isHere = false;
        for (const program of own) await program.dispose();
        this.#proceed();
      },
    };
  }

  #compile(spec: ProgramSpec, lane: number): LaneProgram {
    const tensors = [spec.state, spec.inputs].map((specs) => Object.entries(specs));
    const graph = trace(spec.body, { ...spec.state, ...spec.inputs });
    partition(spec, Object.fromEntries(graph.outputs.map(({ name, value }) => [name, value])));
    const key = JSON.stringify(tensors) + graphText(graph);
    const known = this.#groups.get(key);
    const group = known && known.members.size > 0 ? known : this.#newGroup(key, spec);
    const program = new LaneProgram(lane, group, (request) => {
      this.#waiting.push(request);
      this.#proceed();
    });
    group.members.add(program);
    return program;
  }

  #newGroup(key: string, spec: ProgramSpec): Group {
    const group = new Group(spec, this.#engine, () => {
      if (this.#groups.get(key) === group) this.#groups.delete(key);
    });
    this.#groups.set(key, group);
    return group;
  }

  /** Makes a call if every run waits for one. */
  #proceed(): void {
    if (this.#isBusy || this.#waiting.length === 0 || this.#waiting.length < this.#live) return;
    const byGroup = Map.groupBy(this.#waiting, ({ program }) => program.group);
    const isWhole = ([{ members }, requests]: [Group, Request[]]) => members.size === requests.length;
    const fewest = [...byGroup].sort(([, a], [, b]) => a.length - b.length);
    const [group, requests] = fewest.find(isWhole) ?? fewest[0];
    requests.sort((a, b) => a.program.lane - b.program.lane);
    this.#waiting = this.#waiting.filter((request) => !requests.includes(request));
    this.#isBusy = true;
    group.call(requests, widthFor(requests.length, this.#most))
      .catch((error) => {
        for (const { fail } of requests) fail(error);
      })
      .finally(() => {
        this.#isBusy = false;
        this.#proceed();
      });
  }
}

/** Places for runs on one engine. */
export interface Seats {
  /** The engine of one more run. */
  take(): LaneEngine;
}

/** Places for `most` runs at once: side by side in one program where the engine can, else each with programs of its own. */
export function seatsOn(engine: Engine, most: number): Seats {
  const { id, device, compileWide } = engine;
  if (!compileWide) return { take: () => ({ ...engine, leave: () => Promise.resolve() }) };
  const lanes = new Lanes({ id, device, compileWide }, most);
  return { take: () => lanes.join() };
}
