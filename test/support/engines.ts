import { engines } from "../../src/engine/mod.ts";
import { findLibrary } from "../../src/engine/tensorflow/library.ts";

/** Why an optional engine is not here, or null when it is. Nothing of it is loaded. */
const ABSENT: Readonly<Record<string, () => string | null>> = {
  tensorflow: () => findLibrary("cpu") ? null : "not built here, 'deno task engine:tensorflow' does that",
};

/** Engines that need nothing of the machine. */
const ALWAYS = ["cpu", "wasm", "onnx"];

/**
 * Defines tests for every engine that works here. One that could, and does not, has an ignored test in their place that says
 * why.
 */
export function forEveryEngine(define: (engine: string) => void): void {
  for (const { id } of engines.filter((engine) => ALWAYS.includes(engine.id) || engine.id in ABSENT)) {
    const reason = ABSENT[id]?.() ?? null;
    if (reason === null) define(id);
    else Deno.test({ name: `${id}: ${reason}`, ignore: reason !== null, fn: () => {} });
  }
}
