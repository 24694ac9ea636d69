import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { command } from "../../child.ts";
import type { Engine } from "../../engine/mod.ts";
import type { Provenance } from "./record.ts";

/** Commit of the code that runs, and whether it was changed since. */
export type Revision = Pick<Provenance, "commit" | "dirty">;

/** What determines a run. */
const CODE = ["src", "bench", "std", "deno.json"];

function git(...args: string[]): string | null {
  try {
    const cwd = fileURLToPath(new URL("../../../", import.meta.url));
    const { success, stdout } = command("git", { args, cwd, stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch {
    return null;
  }
}

/** Whether anything but the expectations was changed since the commit; null where there is no checkout. */
export function codeIsDirty(): boolean | null {
  const status = git("status", "--porcelain", "--", ".", ":(exclude)expected");
  return status === null ? null : status !== "";
}

/** Who commits here. */
export const authorName = (): string => git("config", "user.name") || "unknown";

/** Asks git; null where the code is no checkout or git is absent. */
export function revision(): Revision {
  const status = git("status", "--porcelain");
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
): Provenance {
  return {
    deno: Deno.version.deno,
    engineVersions,
    cpu: processor(),
    ...(device === undefined ? {} : { device }),
    os: `${Deno.build.os} ${Deno.build.arch}`,
    commit,
    dirty,
    sources,
  };
}
