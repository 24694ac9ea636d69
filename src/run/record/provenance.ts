import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command, complaintIn } from "../../child.ts";
import type { Engine } from "../../engine/mod.ts";
import type { Provenance } from "./record.ts";

/** Commit of the code that runs, and whether it was changed since. */
export type Revision = Pick<Provenance, "commit" | "dirty">;

/** What determines a run: an exported table that lies beside it, or a page of the documentation, is none of it. */
const CODE = ["src", "bench", "std", "deno.json"];

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** What git calls fatal, and the command that it advises, if any. */
function fatalIn(stderr: string): string | null {
  const lines = stderr.split("\n").map((line) => line.trim());
  const said = [lines.find((line) => line.startsWith("fatal:")), lines.find((line) => line.startsWith("git config"))];
  return said.filter(Boolean).join("; ") || complaintIn(stderr);
}

/** What git says of this checkout, or null and why it says nothing; neither where there is no git. */
export function askGit(...args: string[]): { readonly said: string | null; readonly complaint: string | null } {
  try {
    const { success, stdout, stderr } = command("git", { args, cwd: ROOT, stderr: "piped" }).outputSync();
    return success
      ? { said: new TextDecoder().decode(stdout).trim(), complaint: null }
      : { said: null, complaint: fatalIn(new TextDecoder().decode(stderr)) };
  } catch {
    return { said: null, complaint: null };
  }
}

const git = (...args: string[]): string | null => askGit(...args).said;

/** Whether the project is a checkout of its own; it may lie in one of something else. */
const isCheckout = (): boolean => existsSync(join(ROOT, ".git"));

/** Why git does not say what this checkout is, though it is one; null where it does. */
export function gitRefusal(): string | null {
  const { complaint } = askGit("rev-parse", "HEAD");
  return complaint !== null && isCheckout() ? complaint : null;
}

/** Who commits here. */
export const authorName = (): string => git("config", "user.name") || "unknown";

/** Asks git for the code; null where it is no checkout or git is absent. */
export function revision(): Revision {
  if (!isCheckout()) return { commit: null, dirty: null };
  const status = git("status", "--porcelain", "--", ...CODE);
  return { commit: git("rev-parse", "HEAD"), dirty: status === null ? null : status !== "" };
}

/** Whether two clean commits have the same code: then a run that was begun at one and ended at the other is of both. */
function sameCode(a: Revision, b: Revision): boolean {
  if (a.dirty !== b.dirty) return false;
  if (a.commit === b.commit) return true;
  return a.commit !== null && b.commit !== null && git("diff", "--quiet", a.commit, b.commit, "--", ...CODE) !== null;
}

/** The revision of a run that goes on from a checkpoint of another: of two kinds of code it is of no commit. */
export const continued = (from: Revision, now: Revision): Revision =>
  sameCode(from, now) ? now : { ...now, dirty: true };

/** The processor of this machine, by its own name or the one that `DRIVEN_HUNT_CPU` gives it. */
export const processor = (): string => Deno.env.get("DRIVEN_HUNT_CPU") || (cpus()[0]?.model.trim() ?? "unknown");

/** Machine, engine and versions of this process. */
export function provenanceOf(
  { device }: Pick<Engine, "device">,
  engineVersions: Provenance["engineVersions"],
  { commit, dirty }: Revision,
  sources: string | null,
  lanes = 1,
): Provenance {
  return {
    deno: Deno.version.deno,
    engineVersions,
    cpu: processor(),
    ...(device === undefined ? {} : { device }),
    ...(lanes === 1 ? {} : { lanes }),
    os: `${Deno.build.os} ${Deno.build.arch}`,
    commit,
    dirty,
    sources,
  };
}
