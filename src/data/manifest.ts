import { fileURLToPath } from "node:url";
import manifest from "../../data/mnist.json" with { type: "json" };
import type { DataFile } from "./archive.ts";

/** Where the four files of MNIST come from and how to know them. */
export interface MnistManifest {
  /** Folders that serve `<name>.gz`, tried in this order; each ends with a slash. */
  readonly mirrors: readonly string[];
  readonly files: Readonly<Record<"trainImages" | "trainLabels" | "testImages" | "testLabels", DataFile>>;
}

/** The manifest in `data/mnist.json`. */
export const mnistManifest: MnistManifest = manifest;

/** The folder of the data files: `DRIVEN_HUNT_DATA` when it is set, else `data/.cache` of the project. */
export function dataFolder(): string {
  return Deno.env.get("DRIVEN_HUNT_DATA") || fileURLToPath(new URL("../../data/.cache", import.meta.url));
}
