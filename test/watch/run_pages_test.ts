import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sealed } from "../../src/run/record/seal.ts";
import { MOST_OPENED, WatchedFolder } from "../../src/watch/folder.ts";
import { runPagesOf } from "../../src/watch/run_pages.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, resolved, specOf, storeIn } from "../support/runs.ts";
import { inFolder, serving, statusFor } from "./support.ts";

/** Puts a finished run into a folder; returns its id and its file. */
function finished(results: string, seed = 0): { id: string; path: string } {
  const trial = resolved({ ...specOf("tiny-div", "adamw"), seed });
  return { id: trial.id, path: storeIn(results).save(trial, madeUp({ seed, generalised: 81 })) };
}

/** What a script of a run hands to the page. */
function handed(script: string) {
  let found: unknown;
  new Function("showRun", script)((value: unknown) => found = value);
  return found as { id: string; refused?: string; record?: { id: string }; facts: string[][] };
}

Deno.test("the page of a finished run and all that it needs come from here, and the run by its id", () =>
  inFolder((results) => {
    const { id } = finished(results);
    return serving(results, async (address) => {
      const get = async (path: string) => {
        const response = await fetch(new URL(path, address));
        return { status: response.status, headers: response.headers, text: await response.text() };
      };
      const page = await get("/run.html");
      assertStringIncludes(page.headers.get("content-security-policy")!, "default-src 'self'");
      const needed = [...page.text.matchAll(/(?:href|src)="(?!data:)([^"#]+)"/g)].map(([, path]) => path);
      assert(needed.includes("assets/run.js") && needed.includes("assets/run.css"));
      for (const path of needed) assertEquals([path, (await get(path)).status], [path, 200]);
      const run = await get(`/runs/${id}.js`);
      assertEquals(run.headers.get("content-type"), "text/javascript; charset=utf-8");
      assertEquals(handed(run.text).record!.id, id);
    });
  }));

Deno.test("what is no id of a finished run is not found, and a page of another site gets none", () =>
  inFolder((results) => {
    const { id } = finished(results);
    return serving(results, async (address) => {
      const paths = [
        "0".repeat(16),
        id.toUpperCase(),
        id.slice(1),
        `../tiny-div/adamw/s0-${id}`,
        `%2e%2e/${id}`,
        "index",
      ];
      for (const path of paths) {
        assertEquals([path, await statusFor(address, "localhost", `/runs/${path}.js`)], [path, "404"]);
      }
      const foreign = ["Sec-Fetch-Site: cross-site"];
      assertEquals(await statusFor(address, "localhost", `/runs/${id}.js`, foreign), "403");
    });
  }));

Deno.test("a record that is damaged, of another run or too large is refused with the reason, whatever it holds", () =>
  inFolder((results) => {
    const pages = runPagesOf(new WatchedFolder(results, { cases: [], algorithms: [] }, catalogue));
    const refusal = (id: string) => handed(pages.script(id)!).refused;
    const [damaged, swapped, large, odd] = [0, 1, 2, 3].map((seed) => finished(results, seed));
    Deno.writeTextFileSync(damaged.path, Deno.readTextFileSync(damaged.path).replace('"epochs":', '"epochs" :1,"x":'));
    Deno.copyFileSync(odd.path, swapped.path);
    Deno.truncateSync(large.path, MOST_OPENED + 1);
    assertStringIncludes(refusal(damaged.id)!, "its seal does not fit its contents");
    assertEquals(refusal(swapped.id), "its id does not fit its name");
    assertEquals(refusal(large.id), `it has ${MOST_OPENED + 1} bytes, at most ${MOST_OPENED} are shown`);
    const { seal: _, provenance, ...record } = madeUp({ seed: 3, generalised: 81 });
    const cpu = "</script><script>alert(1)</script>";
    Deno.writeTextFileSync(odd.path, JSON.stringify(sealed({ ...record, provenance: { ...provenance, cpu } })));
    const script = pages.script(odd.id)!;
    assert(!script.includes("<"));
    assertEquals(handed(script).facts.find(([name]) => name === "machine"), ["machine", `${cpu}, linux x86_64`]);
  }));

Deno.test("runs of cases that are not followed are not opened either", () =>
  inFolder((results) => {
    const { id } = finished(results);
    const opened = (cases: string[], algorithms: string[]) =>
      runPagesOf(new WatchedFolder(results, { cases, algorithms }, catalogue)).script(id) !== null;
    assertEquals([opened([], ["adamw"]), opened(["tiny-div"], []), opened(["tiny-add"], []), opened([], ["ppm"])], [
      true,
      true,
      false,
      false,
    ]);
  }));
