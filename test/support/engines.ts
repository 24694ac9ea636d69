import { engines } from "../../src/engine/mod.ts";

/** Engines that need nothing of the machine. */
const ALWAYS = ["cpu", "wasm", "onnx"];

/** Names the one engine that the tests of engines are of, in a process that has no other. */
export const ONLY = "DRIVEN_HUNT_TEST_ENGINE";

/** Defines tests for every engine: those that work everywhere, or the one that this process is for. */
export function forEveryEngine(define: (engine: string) => void): void {
  const only = Deno.env.get(ONLY);
  const chosen = only ? [only] : ALWAYS;
  for (const { id } of engines.filter((engine) => chosen.includes(engine.id))) define(id);
}
