import { markdownTable } from "markdown-table";
import { NOTHING } from "../../src/text.ts";

/** A task of `deno.json`. */
export interface Task {
  readonly description: string;
  readonly command: string;
}

/** What a permission set grants: everything of a kind, or what it names. */
export type PermissionSet = Readonly<Record<string, boolean | readonly string[]>>;

/** What the reference of the command line is made from. */
export interface CommandLine {
  readonly tasks: Readonly<Record<string, Task>>;
  readonly permissions: Readonly<Record<string, PermissionSet>>;
  /** What `--help` prints, by the name of the task. */
  readonly help: Readonly<Record<string, string>>;
}

const KINDS = ["read", "write", "env", "sys", "ffi", "run", "net"] as const;

const setOf = ({ command }: Task): string | null => / -P=(\S+)/.exec(command)?.[1] ?? null;

function granted(grant: PermissionSet[string] | undefined): string {
  if (grant === undefined || grant === false) return NOTHING;
  return grant === true ? "all" : grant.map((name) => `\`${name}\``).join(", ");
}

const tasksTable = ({ tasks, help }: CommandLine): string =>
  markdownTable([
    ["task", "what it does", "permissions"],
    ...Object.entries(tasks).map(([name, task]) => {
      const title = name in help ? `[\`${name}\`](#${name.replaceAll(":", "")})` : `\`${name}\``;
      return [title, task.description, setOf(task) ?? NOTHING];
    }),
  ]);

const permissionsTable = ({ permissions }: CommandLine): string =>
  markdownTable([
    ["set", ...KINDS],
    ...Object.entries(permissions).map(([name, set]) => [name, ...KINDS.map((kind) => granted(set[kind]))]),
  ]);

const CODE = [
  "No set but that of the browser tests fetches code while it runs: `import` names a host that cannot exist, for Deno takes",
  "an empty list for its default, which is three hosts. Packages are fetched once, by their pinned versions and hashes.",
].join("\n");

const NATIVE = [
  "`ffi` is what native libraries need, ONNX Runtime among them, and no permission of Deno's binds what they do: the set of",
  "a worker is a guard against slips, not against malice. A stranger's method is run in a container, or at least without a",
  "network, once the packages are there: on Linux `unshare -rn deno task bench -a ../theirs.ts`.",
].join("\n");

const section = ([name, text]: readonly [string, string]): string => `## ${name}\n\n\`\`\`text\n${text}\n\`\`\``;

/** Reference of the command line: tasks, what each may do, and the help text of those that have one. */
export function cliMarkdown(line: CommandLine): string {
  const helps = Object.keys(line.tasks).flatMap((name) => name in line.help ? [[name, line.help[name]] as const] : []);
  return [
    "# Command line",
    "Written by `deno task docs:cli` from `deno.json` and from what the commands print for `--help`; not to be edited.",
    "## Tasks",
    tasksTable(line),
    "## Permissions",
    "What a task's process may do (–: nothing of this kind). `deno` is the Deno that runs the task, by its path; a process\nthat is started with it has a set of its own.",
    permissionsTable(line),
    CODE,
    NATIVE,
    ...helps.map(section),
  ].join("\n\n") + "\n";
}
