import { join } from "node:path";
import { command } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";
import type { Edit } from "../audit/mutants/mod.ts";
import { edited } from "../audit/tree.ts";

function git(folder: string, ...args: readonly string[]): string {
  const { success, stdout, stderr } = command("git", { args: ["-C", folder, ...args] }).outputSync();
  const said = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!success) throw new UsageError(`git ${args.join(" ")}: ${said(stderr)}`);
  return said(stdout);
}

/** What is committed on top of the project as it is committed. */
export interface Change {
  readonly what: string;
  readonly edits: readonly Edit[];
}

/** A bare repository with the committed state of the project, and a checkout from which changes are pushed to it. */
export class Origin {
  readonly path: string;
  readonly #checkout: string;

  constructor(project: string, folder: string) {
    this.path = join(folder, "origin.git");
    this.#checkout = join(folder, "checkout");
    git(project, "clone", "--quiet", "--bare", "--no-hardlinks", project, this.path);
    git(project, "clone", "--quiet", this.path, this.#checkout);
    git(this.#checkout, "config", "user.name", "rehearsal");
    git(this.#checkout, "config", "user.email", "rehearsal@localhost");
    git(this.#checkout, "checkout", "--quiet", "-B", "main");
    git(this.#checkout, "push", "--quiet", "origin", "main");
    git(this.path, "symbolic-ref", "HEAD", "refs/heads/main");
  }

  /** Commits a change and pushes it; the one before is taken back first. */
  change({ what, edits }: Change, undo: Change | null = null): void {
    const inverse = (undo?.edits ?? []).map((edit) => ({ ...edit, find: edit.replace, replace: edit.find }));
    for (const edit of [...inverse, ...edits]) {
      const path = join(this.#checkout, edit.file);
      Deno.writeTextFileSync(path, edited(what, edit, Deno.readTextFileSync(path)));
    }
    git(this.#checkout, "commit", "--quiet", "--all", "-m", what);
    git(this.#checkout, "push", "--quiet", "origin", "main");
  }

  /** The names of the files on a branch, in order; none where there is no such branch. */
  filesOn(branch: string): string[] {
    if (!git(this.path, "branch", "--list", branch)) return [];
    return git(this.path, "ls-tree", "-r", "--name-only", branch).split("\n").filter(Boolean);
  }

  textOn(branch: string, path: string): string {
    return git(this.path, "show", `${branch}:${path}`);
  }
}
