import { type AgentName, AGENTS, type Probe } from "../catalogue/probe.ts";
import { select, type Split } from "../data/dataset.ts";
import { defaultsOf } from "../declare/field.ts";
import type { Engine, Program, ProgramSpec } from "../engine/mod.ts";
import type { Problem } from "../problem/case.ts";
import type { Agents } from "./measure.ts";
import { batchArrays } from "./session.ts";

/** What probes give at one moment, by column. */
export type Probed = Readonly<Record<string, number>>;

/** The program of a probe, held to what the probe declares. */
export function probeProgram(probe: Probe, problem: Problem, agents: readonly AgentName[], rows: number): ProgramSpec {
  const { id, columns } = probe;
  const spec = probe.program(problem, agents, rows, defaultsOf(probe.fields));
  const declared = new Set(columns.map(({ name }) => name));
  return {
    ...spec,
    body(tensors) {
      const given = spec.body(tensors);
      for (const [name, { size }] of Object.entries(given)) {
        if (!declared.has(name)) throw new Error(`probe '${id}': it gives '${name}', which is none of its columns`);
        if (size !== 1) throw new Error(`probe '${id}': its '${name}' is no scalar, but ${size} numbers`);
      }
      return given;
    },
  };
}

/** Measures the probes of one run, beside its training: programs, state and batches of its own. */
export class Probing {
  readonly #engine: Engine;
  readonly #problem: Problem;
  readonly #probes: readonly Probe[];
  /** Batch of every evaluation. */
  readonly #first: Split | null;
  /** By probe and by the agents that are there. */
  readonly #programs = new Map<string, Program>();

  constructor(engine: Engine, problem: Problem, probes: readonly Probe[], batchSize: number) {
    this.#engine = engine;
    this.#problem = problem;
    this.#probes = probes;
    const rows = Int32Array.from({ length: batchSize }, (_, row) => row);
    this.#first = probes.some(({ at }) => at === "evaluation") ? select(problem.dataset.train, rows) : null;
  }

  /** Of the step just done on a batch. */
  step(agents: Agents, batch: Split): Promise<Probed> {
    return this.#measure("step", agents, batch);
  }

  /** Of an evaluation. */
  async evaluation(agents: Agents): Promise<Probed> {
    return this.#first ? await this.#measure("evaluation", agents, this.#first) : {};
  }

  async #measure(at: Probe["at"], agents: Agents, batch: Split): Promise<Probed> {
    const there = AGENTS.filter((name) => agents[name]);
    const due = this.#probes.filter((probe) => probe.at === at && probe.needs.every((name) => there.includes(name)));
    const found: Record<string, number> = {};
    for (const probe of due) {
      const program = await this.#programOf(probe, there, batch.size);
      program.load({ ...Object.fromEntries(there.map((name) => [name, agents[name]!])), origin: agents.origin });
      const results = await program.run(batchArrays(batch));
      for (const [name, [value]] of Object.entries(results)) found[name] = value;
    }
    return found;
  }

  async #programOf(probe: Probe, agents: readonly AgentName[], rows: number): Promise<Program> {
    const key = [probe.id, ...agents].join();
    const known = this.#programs.get(key);
    if (known) return known;
    const program = await this.#engine.compile(probeProgram(probe, this.#problem, agents, rows));
    this.#programs.set(key, program);
    return program;
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await program.dispose();
  }
}
