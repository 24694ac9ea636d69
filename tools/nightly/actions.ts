import { join, resolve } from "node:path";
import { command } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";
import { copy } from "../audit/tree.ts";
import type { Artifacts } from "./artifacts.ts";

/** What actions work on. */
export interface Place {
  readonly workspace: string;
  /** Repository that is checked out, and pushed to. */
  readonly origin: string;
  readonly artifacts: Artifacts;
  /** Where the site of the last publication goes. */
  readonly pages: string;
}

/** An action, as its inputs and the place say → outputs. */
export type Action = (given: Readonly<Record<string, string>>, place: Place) => Promise<Record<string, string>>;

const NOTHING: Action = () => Promise.resolve({});

const linesOf = (text: string, workspace: string): string[] =>
  text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => resolve(workspace, line));

/** A fresh clone: the runner empties its workspace. One commit deep unless all of the history is asked for. */
const checkout: Action = async (given, { workspace, origin }) => {
  const depth = given["fetch-depth"] === "0" ? [] : ["--depth", "1"];
  const { success, stderr } = await command("git", {
    args: ["clone", "--quiet", ...depth, `file://${origin}`, workspace],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new UsageError(`checkout: ${new TextDecoder().decode(stderr).trim()}`);
  return {};
};

const upload: Action = ({ name, path, ...given }, { workspace, artifacts }) => {
  artifacts.upload(name, linesOf(path, workspace), {
    hidden: given["include-hidden-files"] === "true",
    overwrite: given.overwrite === "true",
  });
  return Promise.resolve({});
};

const download: Action = ({ name, pattern, path = ".", ...given }, { workspace, artifacts }) => {
  artifacts.download({ name, pattern, merge: given["merge-multiple"] === "true" }, resolve(workspace, path));
  return Promise.resolve({});
};

const uploadPages: Action = ({ path }, { workspace, pages }) => {
  const from = join(workspace, path);
  Deno.mkdirSync(pages, { recursive: true });
  Deno.removeSync(pages, { recursive: true });
  copy(from, pages);
  return Promise.resolve({});
};

const BASE_URL = "https://example.org/driven-hunt/";

/** The actions that the workflow uses, as far as they do something that can be seen on one machine. */
export const actions: Readonly<Record<string, Action>> = {
  "actions/checkout": checkout,
  // Node is there: it runs this.
  "actions/setup-node": NOTHING,
  "actions/upload-artifact": upload,
  "actions/download-artifact": download,
  "actions/configure-pages": () => Promise.resolve({ base_url: BASE_URL }),
  "actions/upload-pages-artifact": uploadPages,
  "actions/deploy-pages": () => Promise.resolve({ page_url: BASE_URL }),
};
