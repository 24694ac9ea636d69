import { catalogue } from "../../bench/mod.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { work } from "../../src/fleet/worker.ts";
import { compile } from "../../src/jit/compile/program.ts";

/** The engine of a processor, with lanes: everything of theirs can be tested on it but that they change no bit. */
export async function startWide(id: string): Promise<Engine> {
  const engine = await startEngine(id);
  return { ...engine, compileWide: (spec, count) => compile(spec, { count }) };
}

/** A worker whose engine has lanes. */
if (import.meta.main) await work(catalogue, startWide);
