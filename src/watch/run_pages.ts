import { assets } from "../site/assets.ts";
import { runPage } from "../site/pages/run.tsx";
import { refusalScript, runScript } from "../site/run_script.ts";
import type { WatchedFolder } from "./folder.ts";

/** What is handed out as it is. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

/** What a finished run is opened with. */
export interface RunPages {
  /** The page and what it loads, by path. */
  readonly files: ReadonlyMap<string, Asset>;
  /** The script of a run, by its id: the run, or why it cannot be shown; null where there is none. */
  script(id: string): string | null;
}

const TYPES: Readonly<Record<string, string>> = { css: "text/css", js: "text/javascript" };

/** The site's own page of a run, for those of a results folder. */
export function runPagesOf(folder: Pick<WatchedFolder, "catalogue" | "run">): RunPages {
  const { catalogue } = folder;
  const loaded = Object.entries(assets).map(([path, text]) =>
    [`/${path}`, { type: TYPES[path.slice(path.lastIndexOf(".") + 1)], text }] as const
  );
  const page = { type: "text/html", text: runPage(catalogue, null) };
  return {
    files: new Map([["/run.html", page], ...loaded]),
    script(id) {
      const found = folder.run(id);
      if (!found) return null;
      try {
        return "record" in found ? runScript(catalogue, found.record) : refusalScript(id, found.rejected);
      } catch {
        // A record may be sealed, have its shape, and still hold what no run of ours has.
        return refusalScript(id, "what it holds cannot be shown");
      }
    },
  };
}
