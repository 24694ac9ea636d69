import { catalogue } from "../../bench/mod.ts";
import { existsSync, writeFileSync } from "node:fs";
import { type Engine, EngineFailed, type Program, startEngine } from "../../src/engine/mod.ts";
import { work } from "../../src/fleet/worker.ts";
import { compile } from "../../src/jit/compile/program.ts";

/** Says after how many calls the device gives up, and which file notes it. */
export const FAILS = "DRIVEN_HUNT_TEST_FAILS";

/** The engine of a processor, with lanes: everything of theirs can be tested on it but that they change no bit. */
export async function startWide(id: string): Promise<Engine> {
  const engine = await startEngine(id);
  return { ...engine, compileWide: (spec, count) => compile(spec, { count }) };
}

/** The same on a device that gives up after so many calls, in the first process that has it: a file says that it was there. */
async function startFailing(id: string, calls: number, note: string): Promise<Engine> {
  const engine = await startWide(id);
  if (existsSync(note)) return engine;
  writeFileSync(note, "");
  let left = calls;
  const failing = async (compiling: Promise<Program>): Promise<Program> => {
    const program = await compiling;
    const run = program.run.bind(program);
    program.run = (inputs) => left-- > 0 ? run(inputs) : Promise.reject(new EngineFailed("the device was lost"));
    return program;
  };
  return { ...engine, compileWide: (spec, count) => failing(engine.compileWide!(spec, count)) };
}

/** A worker whose engine has lanes. */
if (import.meta.main) {
  const [calls, note] = (Deno.env.get(FAILS) ?? "").split(" ");
  await work(catalogue, (id) => note ? startFailing(id, Number(calls), note) : startWide(id));
}
