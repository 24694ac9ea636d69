import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Which devices a build of TensorFlow's library serves. */
export type Variant = "cpu" | "gpu";

export const PACKAGE = "@tensorflow/tfjs-node-gpu";
export const ADDON = "tfjs_binding.node";
export const MANIFEST = "manifest.json";

/** TensorFlow's native part: the addon of tfjs-node, linked to a libtensorflow. */
export interface Library {
  readonly addon: string;
  /** Of libtensorflow: it determines the arithmetic. */
  readonly version: string;
}

/** Where `deno task engine:tensorflow` puts a build: outside of the project, and where `HOME` is nowhere, nowhere. */
export function buildFolder(variant: Variant): string | null {
  const named = Deno.env.get("DRIVEN_HUNT_TENSORFLOW");
  if (named) return resolve(named, variant);
  const home = Deno.env.get("HOME");
  const cache = Deno.env.get("XDG_CACHE_HOME") || (home ? join(home, ".cache") : null);
  return cache && join(cache, "driven-hunt", `tensorflow-${variant}`);
}

function built(variant: Variant): Library | null {
  const folder = buildFolder(variant);
  if (!folder) return null;
  try {
    const { libtensorflow } = JSON.parse(Deno.readTextFileSync(join(folder, MANIFEST)));
    const addon = join(folder, ADDON);
    Deno.statSync(addon);
    return { addon, version: String(libtensorflow) };
  } catch {
    return null;
  }
}

/** What the package's own install script fetches, where it was allowed to run. */
function installed(): Library | null {
  try {
    const addon = fileURLToPath(new URL(`lib/napi-v8/${ADDON}`, import.meta.resolve(`${PACKAGE}/package.json`)));
    Deno.statSync(addon);
    return { addon, version: "as installed by its package" };
  } catch {
    return null;
  }
}

/** The library for a kind of device, or null. Where only the package's own is there, it serves both. */
export const findLibrary = (variant: Variant): Library | null => built(variant) ?? installed();
