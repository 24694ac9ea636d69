import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { Flags } from "../../src/commands/flags.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { UsageError } from "../../src/errors.ts";
import { type Night, nights, type Shown, unmet } from "./nights.ts";
import { Stage } from "./stage.ts";
import { workflowOf } from "./workflow.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORKFLOW = ".github/workflows/nightly.yml";

const HELP =
  `Run the steps of the nightly workflow on this machine, night after night, in scratch clones of what is committed.

Usage: deno task nightly:rehearse [options]

      --nights NAME,...    ${nights.map(({ id }) => id).join(", ")} (default: all, in this order)
      --keep DIR           where everything that a night makes is kept (default: a temporary folder, removed in the end)
  -h, --help

Every 'run:' of ${WORKFLOW} is given to bash as it stands; expressions are evaluated by GitHub's own library; checkout,
artifacts and Pages are folders, the API is a local server. The profile is smoke, cut to three methods of one case with five
seeds. It takes npx, curl, git and some minutes.
Exit codes: 0 every night came out as it should, 2 one did not.`;

const row = ({ id, what }: Night, shown: Shown, wrong: readonly string[]) => [
  id,
  what,
  Object.entries(shown.jobs).map(([name, result]) => `${name} ${result}`).join(", "),
  shown.gateCode === null ? "not reached" : `${shown.gateCode}`,
  shown.verdict ?? "–",
  `${shown.judgements}`,
  `${shown.joined}`,
  shown.issues.map(({ title, body }) => `${title} (${body.length} characters)`).join("; ") || "none",
  wrong.join("; ") || "as it should be",
];
const HEADER = ["night", "what", "jobs", "exit code", "verdict", "history", "joined", "issues", ""];

async function run(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, { command: "nightly:rehearse", plan: [], strings: ["nights", "keep"], booleans: [] });
  const wanted = flags.text("nights")?.split(",") ?? nights.map(({ id }) => id);
  const unknown = wanted.find((id) => !nights.some((night) => night.id === id));
  if (unknown !== undefined) {
    throw new UsageError(`--nights '${unknown}': there is no such night; ${HELP.match(/--nights.*/)![0]}`);
  }
  const keep = flags.path("keep");
  const folder = keep === null ? Deno.makeTempDirSync({ prefix: "nightly-" }) : resolve(keep);
  Deno.mkdirSync(folder, { recursive: true });
  const stage = new Stage({ project: ROOT, folder, workflow: workflowOf(Deno.readTextFileSync(join(ROOT, WORKFLOW))) });
  const rows: string[][] = [];
  try {
    for (const night of nights.filter(({ id }) => wanted.includes(id))) {
      console.error(`${night.id}: ${night.what}`);
      const shown = await stage.night(night);
      rows.push(row(night, shown, unmet(night, shown)));
    }
  } finally {
    await stage.close();
    if (keep === null) Deno.removeSync(folder, { recursive: true });
  }
  console.log(markdownTable([HEADER, ...rows]));
  return rows.every((cells) => cells.at(-1) === "as it should be") ? EXIT.ok : EXIT.usage;
}

export const rehearse: Command = {
  name: "nightly:rehearse",
  summary: "run the steps of the nightly workflow on this machine",
  help: HELP,
  run,
};

if (import.meta.main) await mainOfOne(rehearse, Deno.args, catalogue);
