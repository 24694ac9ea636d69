import { graphText, trace } from "../jit/mod.ts";
import {
  allocate,
  type Engine,
  type HostArray,
  type HostArrays,
  partition,
  type Program,
  type ProgramSpec,
} from "./engine.ts";

/** An engine as far as it runs a program for several runs side by side. */
export type WideEngine = Pick<Engine, "id" | "device"> & Required<Pick<Engine, "compileWide">>;

/** The engine of one run among several; it looks like any other. */
export interface LaneEngine extends Engine {
  /** The run is over, or has failed: nobody waits for it any more, and its programs are let go. */
  leave(): Promise<void>;
}

/** One call that waits to be made together with those of other lanes. */
interface Request {
  readonly program: LaneProgram;
  readonly inputs: HostArrays;
  readonly answer: (results: HostArrays) => void;
  readonly fail: (error: unknown) => void;
}

/** The part of an array with lanes that is one lane's. */
const slice = (array: HostArray, lane: number, lanes: number): HostArray => {
  const size = array.length / lanes;
  return array.subarray(lane * size, (lane + 1) * size);
};

/** One array for all slots of a program. */
function stacked(name: string, slots: readonly HostArrays[]): HostArray {
  const first = slots[0][name];
  const whole = new (first.constructor as new (n: number) => HostArray)(first.length * slots.length);
  slots.forEach((arrays, slot) => whole.set(arrays[name], slot * first.length));
  return whole;
}

/** The program of one lane: its state on the host, as it was when it was last needed there. */
class LaneProgram implements Program {
  readonly host: HostArrays;
  /** Whether the host has state that the device has not. */
  isFresh = true;

  constructor(readonly lane: number, readonly group: Group, readonly ask: (request: Request) => void) {
    const { state } = group.spec;
    this.host = Object.fromEntries(Object.entries(state).map(([name, spec]) => [name, allocate(spec)]));
  }

  load(state: HostArrays): void {
    for (const [name, array] of Object.entries(this.host)) array.set(state[name]);
    this.isFresh = true;
  }

  run(inputs: HostArrays): Promise<HostArrays> {
    return new Promise((answer, fail) => this.ask({ program: this, inputs, answer, fail }));
  }

  async state(): Promise<HostArrays> {
    await this.group.fetch();
    return this.host;
  }

  dispose(): Promise<void> {
    return this.group.remove(this);
  }
}

/** The lanes that have the same program, and their state where they last were. What they do is done one after another. */
class Group {
  readonly members = new Set<LaneProgram>();
  readonly #engine: WideEngine;
  /** Programs by how many lanes they have. */
  readonly #programs = new Map<number, Promise<Program>>();
  /** Whose state is on the device, slot by slot. */
  #slots: readonly LaneProgram[] = [];
  /** The program that has what the host has not; null where the host has all there is. */
  #ahead: Program | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly spec: ProgramSpec, engine: WideEngine) {
    this.#engine = engine;
  }

  /** Makes one call for some of its lanes; the others stay as they are. */
  call(requests: readonly Request[], width: number): Promise<void> {
    return this.#inTurn(() => this.#call(requests, width));
  }

  /** Brings the state of every lane to the host. */
  fetch(): Promise<void> {
    return this.#inTurn(() => this.#fetch());
  }

  /** Lets a lane go; with the last one the programs go too. */
  remove(program: LaneProgram): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.members.delete(program)) return;
      if (this.members.size > 0) {
        await this.#fetch();
        this.#slots = [];
        return;
      }
      const programs = [...this.#programs.values()];
      this.#programs.clear();
      await Promise.allSettled(programs.map(async (wide) => (await wide).dispose()));
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #call(requests: readonly Request[], width: number): Promise<void> {
    const programs = requests.map(({ program }) => program);
    // Slots without a lane do what the first one does.
    const padded = <T>(of: readonly T[]): T[] => [...of, ...Array(width - of.length).fill(of[0])];
    const slots = padded(programs);
    const wide = await this.#program(width);
    const isThere = slots.length === this.#slots.length && slots.every((slot, i) => slot === this.#slots[i]);
    if (!isThere || programs.some(({ isFresh }) => isFresh)) {
      await this.#fetch();
      wide.load(this.#stacked(slots.map(({ host }) => host), this.spec.state));
      this.#slots = slots;
      for (const program of programs) program.isFresh = false;
    }
    const results = await wide.run(this.#stacked(padded(requests.map(({ inputs }) => inputs)), this.spec.inputs));
    this.#ahead = wide;
    requests.forEach(({ answer }, lane) => {
      answer(Object.fromEntries(Object.entries(results).map(([name, array]) => [name, slice(array, lane, width)])));
    });
  }

  async #fetch(): Promise<void> {
    const [wide, slots] = [this.#ahead, this.#slots];
    // What was loaded since is newer.
    if (wide && !slots.every(({ isFresh }) => isFresh)) {
      const state = await wide.state();
      for (const [slot, program] of slots.entries()) {
        if (program.isFresh || slots.indexOf(program) < slot) continue;
        for (const [name, array] of Object.entries(program.host)) array.set(slice(state[name], slot, slots.length));
      }
    }
    this.#ahead = null;
  }

  #program(width: number): Promise<Program> {
    const known = this.#programs.get(width) ?? this.#engine.compileWide(this.spec, width);
    this.#programs.set(width, known);
    // What could not be compiled may be the next time.
    known.catch(() => this.#programs.delete(width));
    return known;
  }

  #stacked(slots: readonly HostArrays[], specs: ProgramSpec["inputs"]): HostArrays {
    return Object.fromEntries(Object.keys(specs).map((name) => [name, stacked(name, slots)]));
  }
}

/** With one lane ONNX Runtime takes another way through a product than with two or more, and its last bits differ. */
const LEAST = 2;

/** The smallest power of two that has room for some lanes, but no more than there are. */
function widthFor(lanes: number, most: number): number {
  let width = LEAST;
  while (width < lanes) width *= 2;
  return Math.min(width, Math.max(most, LEAST));
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
    const group = known && known.members.size > 0 ? known : new Group(spec, this.#engine);
    this.#groups.set(key, group);
    const program = new LaneProgram(lane, group, (request) => {
      this.#waiting.push(request);
      this.#proceed();
    });
    group.members.add(program);
    return program;
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
