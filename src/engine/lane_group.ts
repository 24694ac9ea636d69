import { allocate, type Engine, type HostArray, type HostArrays, type Program, type ProgramSpec } from "./engine.ts";

/** An engine as far as it runs a program for several runs side by side. */
export type WideEngine = Pick<Engine, "id" | "device"> & Required<Pick<Engine, "compileWide">>;

/** One call that waits to be made together with those of other lanes. */
export interface Request {
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
export class LaneProgram implements Program {
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
export class Group {
  readonly members = new Set<LaneProgram>();
  readonly #engine: WideEngine;
  /** Programs by how many lanes they have. */
  readonly #programs = new Map<number, Promise<Program>>();
  /** Whose state is on the device, slot by slot. */
  #slots: readonly LaneProgram[] = [];
  /** The program that has what the host has not; null where the host has all there is. */
  #ahead: Program | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param left hears that the last lane has gone, and the programs with it */
  constructor(readonly spec: ProgramSpec, engine: WideEngine, readonly left: () => void) {
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
      this.#slots = [];
      this.#ahead = null;
      this.left();
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
