import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { commands } from "../../src/commands/mod.ts";
import { audit } from "../audit/main.ts";
import { rounding } from "../audit/rounding.ts";
import { rehearse } from "../nightly/rehearse.ts";
import { cliMarkdown } from "./cli_markdown.ts";
import { writeAtomically } from "../../src/files.ts";
import { scale } from "../scale/bench_scale.ts";
import { HELP as parity } from "../engine/bench_parity.ts";
import { HELP as engine } from "../engine/options.ts";

const FILE = fileURLToPath(new URL("../../docs/cli.md", import.meta.url));

/** The reference of the command line as it should be. */
export const cliReference = (): string =>
  cliMarkdown({
    tasks: config.tasks,
    permissions: config.permissions,
    help: {
      ...Object.fromEntries([...commands, audit, rounding, rehearse, scale].map(({ name, help }) => [name, help])),
      "bench:engine": engine,
      "bench:parity": parity,
    },
  });

if (import.meta.main) writeAtomically(FILE, cliReference());
