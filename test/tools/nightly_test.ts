import { assert, assertEquals, assertThrows } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { actions } from "../../tools/nightly/actions.ts";
import { Api } from "../../tools/nightly/api.ts";
import { Artifacts, filesBelow } from "../../tools/nightly/artifacts.ts";
import { filled, holds } from "../../tools/nightly/expressions.ts";
import { nights, type Shown, unmet } from "../../tools/nightly/nights.ts";
import { combinationsOf, needsOf, workflowOf } from "../../tools/nightly/workflow.ts";

const workflow = workflowOf(Deno.readTextFileSync(".github/workflows/nightly.yml"));
const state = { failed: false, hashFiles: (pattern: string) => pattern === "there" ? "abc" : "" };

Deno.test("expressions are GitHub's: defaults, outputs, and texts around them", () => {
  const contexts = { inputs: { engine: "" }, needs: { ready: { outputs: { day: "2026-11-27" } } } };
  assertEquals(
    filled("${{ inputs.engine || 'onnx' }} on ${{ needs.ready.outputs.day }}", contexts, state),
    "onnx on 2026-11-27",
  );
  assertEquals(filled("no expression", contexts, state), "no expression");
});

Deno.test("a condition that asks for no state also asks that nothing has failed", () => {
  const failed = { ...state, failed: true };
  assertEquals([holds(undefined, {}, state), holds(undefined, {}, failed)], [true, false]);
  assertEquals([holds("1 == 1", {}, failed), holds("always()", {}, failed)], [false, true]);
  const asked = "${{ failure() && hashFiles('there') != '' }}";
  assertEquals([holds(asked, {}, state), holds(asked, {}, failed)], [false, true]);
  assertEquals(holds("${{ always() && hashFiles('not') != '' }}", {}, state), false);
});

Deno.test("the rehearsal knows every action and can evaluate every expression of the nightly workflow", () => {
  const contexts = Object.fromEntries(
    ["github", "inputs", "env", "needs", "steps", "matrix"].map((name) => [name, {}]),
  );
  for (const [id, job] of Object.entries(workflow.jobs)) {
    assert(needsOf(job).every((name) => name in workflow.jobs), id);
    holds(job.if, contexts, state);
    for (const step of job.steps) {
      assert(!step.uses || step.uses.split("@")[0] in actions, step.uses);
      holds(step.if, contexts, state);
      for (const text of [step.run ?? "", ...Object.values({ ...step.with, ...step.env })]) {
        filled(String(text), contexts, state);
      }
    }
  }
  assertEquals(combinationsOf(workflow.jobs.train).length, 8);
  assertEquals(combinationsOf(workflow.jobs.ready), [{}]);
});

function inFolder(files: readonly string[], use: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  for (const path of files) {
    Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
    Deno.writeTextFileSync(join(folder, path), path);
  }
  try {
    use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("artifacts keep their paths below what the search has in common, and hide what is hidden", () => {
  inFolder(["results/a/1.json", "results/.blessed/2.json", "results/b.txt", "history/3.json"], (folder) => {
    const artifacts = new Artifacts(join(folder, "artifacts"));
    const plain = { hidden: false, overwrite: false };
    const named = (name: string) => {
      const root = join(folder, "artifacts", name);
      return [...filesBelow(root)].map((path) => relative(root, path)).sort();
    };
    artifacts.upload("part", [join(folder, "results/**/*.json")], plain);
    assertEquals(named("part"), ["a/1.json"]);
    artifacts.upload("judged", [`${folder}/results/**/*.json`, `${folder}/history/**/*.json`], {
      ...plain,
      hidden: true,
    });
    assertEquals(named("judged"), ["history/3.json", "results/.blessed/2.json", "results/a/1.json"]);
    artifacts.upload("one", [join(folder, "results/b.txt")], plain);
    assertEquals(named("one"), ["b.txt"]);
    assertEquals(artifacts.upload("none", [join(folder, "nowhere/*")], plain), 0);
    assertThrows(() => artifacts.upload("one", [join(folder, "results/b.txt")], plain), UsageError, "already");
    artifacts.upload("one", [join(folder, "results")], { ...plain, overwrite: true });
    assertEquals(named("one"), ["a/1.json", "b.txt"]);
    artifacts.download({ pattern: "p*", merge: true }, join(folder, "merged"));
    artifacts.download({ pattern: "p*", merge: false }, join(folder, "apart"));
    assertEquals([...filesBelow(join(folder, "merged"))].length, 1);
    assert(Deno.statSync(join(folder, "apart/part/a/1.json")).isFile);
    assertThrows(() => artifacts.download({ name: "nothing", merge: false }, folder), UsageError, "no artifact");
  });
});

Deno.test("the API refuses what GitHub would: another path, no token, a body that is too long", async () => {
  const api = new Api();
  const post = async (path: string, body: unknown, token = true) => {
    const headers: HeadersInit = token ? { authorization: "Bearer t" } : {};
    const answer = await fetch(`${api.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    await answer.body?.cancel();
    return answer.status;
  };
  try {
    const issues = "/repos/someone/driven-hunt/issues";
    assertEquals(await post(issues, { title: "t", body: "b" }), 201);
    assertEquals(await post(issues, { title: "t", body: "b" }, false), 401);
    assertEquals(await post(issues, { title: "t", body: "b".repeat(65_537) }), 422);
    assertEquals(await post("/repos/someone", { title: "t", body: "b" }), 404);
    assertEquals(api.issues, [{ title: "t", body: "b" }]);
  } finally {
    await api.close();
  }
});

Deno.test("a night that does not come out as it should is told in all that is wrong with it", () => {
  const [quiet, slower] = nights;
  const shown: Shown = {
    jobs: quiet.expected.jobs,
    gateCode: 0,
    verdict: "reproduced",
    judgements: 1,
    joined: 4,
    joinedBefore: 0,
    expectedRuns: 30,
    expectedBefore: null,
    issues: [],
    siteShows: true,
  };
  assertEquals(unmet(quiet, shown), []);
  assertEquals(unmet(quiet, { ...shown, joined: 0, siteShows: false }).length, 2);
  const later = { ...shown, joined: 8, joinedBefore: 4, expectedBefore: 30 };
  assertEquals(unmet(quiet, later), ["the reference has grown: false, not true"]);
  assertEquals(unmet(quiet, { ...later, expectedRuns: 32 }), []);
  // A night whose slip nobody saw: jobs, exit code, verdict, joined runs and the issue that is not there.
  assertEquals(unmet(slower, shown).length, 5);
});
