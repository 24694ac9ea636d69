import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { resolve } from "../../src/run/spec.ts";
import { Store } from "../../src/run/store.ts";
import { supervise } from "../../src/run/supervisor.ts";
import { fileNames, specOf } from "../support/runs.ts";

const silent = { started() {}, progress() {}, ended() {}, note() {} };
const planned = (seed: number) => resolve({ ...specOf("tiny-div", "adamw", { maxEpochs: 3 }), seed });

Deno.test("a worker that dies, babbles, fails or lies is a failed run with a reason, and leaves no record that counts", async () => {
  const folder = Deno.makeTempDirSync();
  const options = { workers: 2, reuse: true, signal: new AbortController().signal };
  const plan = [0, 1, 2, 3, 4].map(planned);
  const store = new Store(folder);
  const outcomes = await supervise(plan, store, { ...options, worker: "test/support/dying_worker.ts" }, silent);
  const failures = outcomes.map((outcome) => "failure" in outcome ? outcome.failure : "");
  assertStringIncludes(failures[0], "out of luck");
  assertStringIncludes(failures[1], "could not be read");
  assertStringIncludes(failures[2], "told so");
  assertStringIncludes(failures[3], "contradicts itself: it says generalised at epoch 1 ");
  assertStringIncludes(failures[4], "ended early");
  assertEquals(fileNames(folder).filter((name) => !name.includes("/s3-")), []);
  const again = await supervise(plan, store, options, silent);
  assert(again.every((outcome) => "record" in outcome && !outcome.reused));
  const reused = await supervise(plan, store, options, silent);
  assert(reused.every((outcome) => "record" in outcome && outcome.reused));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a plan that is interrupted before it starts does nothing", async () => {
  const folder = Deno.makeTempDirSync();
  const signal = AbortSignal.abort();
  const outcomes = await supervise([planned(0)], new Store(folder), { workers: 1, reuse: true, signal }, silent);
  assert("stopped" in outcomes[0]);
  assertEquals(fileNames(folder), []);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a run that takes longer than its time limit is stopped and counts as failed, with no record", async () => {
  const folder = Deno.makeTempDirSync();
  // No machine does 30 million steps in a second.
  const endless = resolve(specOf("tiny-div", "adamw", { maxEpochs: 10_000_000 }));
  const options = { workers: 1, reuse: true, signal: new AbortController().signal, timeoutSeconds: 1 };
  const [outcome] = await supervise([endless], new Store(folder), options, silent);
  assert("failure" in outcome);
  assertStringIncludes(outcome.failure, "took longer than 1 s");
  assertEquals(fileNames(folder).filter((name) => name.endsWith(".json")), []);
  Deno.removeSync(folder, { recursive: true });
});
