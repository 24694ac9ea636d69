import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { mnistManifest } from "../../src/data/manifest.ts";
import { casesOf } from "../../src/declare/profile.ts";
import { find, UsageError } from "../../src/errors.ts";
import { firstAvailable } from "../../src/commands/available_case.ts";
import { parseBench } from "../../src/commands/options.ts";
import { planOfRecords, planToRun } from "../../src/commands/plan.ts";
import { IMAGE } from "../../bench/profiles/methods.ts";
import type { Case } from "../../src/problem/case.ts";
import { catalogue } from "../support/runs.ts";

const candidates = IMAGE.firstAvailable.map((id) => find("case", catalogue.cases, id));

/** Does something while `DRIVEN_HUNT_DATA` names a folder, or none. */
async function withVariable<T>(folder: string | null, body: () => Promise<T>): Promise<T> {
  const before = Deno.env.get("DRIVEN_HUNT_DATA");
  const set = (value: string | null | undefined) =>
    value ? Deno.env.set("DRIVEN_HUNT_DATA", value) : Deno.env.delete("DRIVEN_HUNT_DATA");
  set(folder);
  try {
    return await body();
  } finally {
    set(before);
  }
}

/** What is chosen, what is said, and how long an answer of the network would be waited for, in milliseconds. */
async function chosenWith(folder: string): Promise<{ id: string; said: string; limits: number[] }> {
  const said: string[] = [];
  const limits: number[] = [];
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((act: () => void, ms: number) => {
    limits.push(ms);
    return setTimeout(act, ms);
  }) as typeof setTimeout;
  try {
    const say = (line: string) => said.push(line);
    const id = await withVariable(folder, () => firstAvailable(candidates, { download: true, say }))
      .catch((error) => error instanceof UsageError ? error.message : Promise.reject(error));
    return { id, said: said.join("\n"), limits };
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

Deno.test("a folder that is named and has no usable data is refused with what it has, and no other case runs in its place", async () => {
  // Tests may reach 127.0.0.1 only, so the mirrors are out of reach here whatever the network.
  const folder = Deno.makeTempDirSync();
  const empty = await chosenWith(folder);
  assertStringIncludes(
    empty.id,
    `DRIVEN_HUNT_DATA=${folder} has no usable data for mnist1k: loading MNIST: train-images`,
  );
  assertStringIncludes(empty.id, "it has no files");
  // Nobody is waited for longer than that.
  assertEquals(empty.limits, [5000]);
  Deno.writeTextFileSync(`${folder}/mnist.csv`, "5,0,0");
  assertStringIncludes((await chosenWith(folder)).id, "it has mnist.csv");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("without data and network the image case is glyphs1k, said aloud", async () => {
  const said: string[] = [];
  const absent = withData({ present: false, reachable: false });
  const choose = () => firstAvailable([absent, candidates[1]], { download: true, say: (line) => said.push(line) });
  assertEquals(await withVariable(null, choose), "glyphs1k");
  assertStringIncludes(said.join("\n"), "glyphs1k (MNIST is not here and cannot be downloaded");
});

Deno.test("with the data there the image case is mnist1k, said aloud", async () => {
  const folder = Deno.makeTempDirSync();
  for (const { name, bytes } of Object.values(mnistManifest.files)) {
    // Of a plausible size: which is all that is asked before a run verifies them.
    Deno.writeFileSync(`${folder}/${name}.gz`, new Uint8Array(Math.ceil(bytes / 4)));
  }
  const { id, said } = await chosenWith(folder);
  assertEquals(id, "mnist1k");
  assertStringIncludes(said, "mnist1k");
  Deno.removeSync(folder, { recursive: true });
});

/** The first candidate with data that are as they are made out to be. */
function withData(state: { present: boolean; reachable: boolean; fetch?: () => Promise<unknown> }): Case {
  const { present, reachable, fetch = () => Promise.resolve() } = state;
  const data = {
    name: "MNIST",
    present: () => present,
    reachable: () => Promise.resolve(reachable),
    fetch,
    verify: () => Promise.resolve(),
  };
  return { ...candidates[0], data };
}

Deno.test("data that can be fetched are fetched where a run follows, and only then", async () => {
  let fetched = 0;
  const reachable = withData({ present: false, reachable: true, fetch: () => Promise.resolve(fetched++) });
  const say = () => {};
  assertEquals(await firstAvailable([reachable, candidates[1]], { download: false, say }), "mnist1k");
  assertEquals(fetched, 0);
  assertEquals(await firstAvailable([reachable, candidates[1]], { download: true, say }), "mnist1k");
  assertEquals(fetched, 1);
});

Deno.test("a download that fails leaves the next case, and says why in one line", async () => {
  const said: string[] = [];
  const failing = withData({
    present: false,
    reachable: true,
    fetch: () => Promise.reject(new Error("mirror gone\nand more")),
  });
  const choose = () => firstAvailable([failing, candidates[1]], { download: true, say: (line) => said.push(line) });
  const id = await withVariable(null, choose);
  assertEquals(id, "glyphs1k");
  assert(said.includes("mirror gone"), said.join("|"));
  assert(said.every((line) => !line.includes("\n")));
});

Deno.test("where nothing is available the first case stands, so that the run says what it lacks", async () => {
  const absent = withData({ present: false, reachable: false });
  const choose = () => firstAvailable([absent, absent], { download: true, say: () => {} });
  assertEquals(await withVariable(null, choose), "mnist1k");
});

Deno.test("an image case that is asked for by name keeps what the profile sets for it, in bench as in the gate", async () => {
  for (const { id } of candidates) {
    const choice = { ...parseBench(["-c", id, "-a", "adamw", "-s", "0", "--dry-run"]), help: false };
    const { plan } = await planToRun(catalogue, choice);
    assertEquals(plan.map(({ spec }) => spec.overrides), [{ evalEvery: 10, extraEpochs: 30 }]);
    for (const image of candidates) {
      assertEquals(
        planOfRecords(catalogue, choice, [image.id]).plan.map((t) => t.id),
        plan.map((t) => t.id),
      );
    }
  }
});

Deno.test("the gate judges the image case that there are records of", () => {
  const choice = { ...parseBench(["-a", "adamw", "-s", "0"]), help: false };
  const image = (available: string[]) =>
    planOfRecords(catalogue, choice, available).plan.map((t) => t.case.id).filter((id) =>
      IMAGE.firstAvailable.includes(id)
    );
  assertEquals(image(["glyphs1k", "div113"]), ["glyphs1k"]);
  assertEquals(image(["mnist1k", "glyphs1k"]), ["mnist1k"]);
  assertEquals(image([]), ["mnist1k"]);
  const entry = find("profile", catalogue.profiles, catalogue.defaultProfile).entries.find((e) =>
    casesOf(e).length > 1
  );
  assertEquals(entry && casesOf(entry), IMAGE.firstAvailable);
});
