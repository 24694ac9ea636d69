import { buildTensorflow, RELEASE } from "../engine/tensorflow/build.ts";
import { UsageError } from "../errors.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";

const HELP = `Build the native part of the engines 'tensorflow' and 'tensorflow-gpu', outside of the project.

Usage: deno task engine:tensorflow [options]

      --gpu                for CUDA devices; the library comes with its CUDA, some gigabytes
      --wheel FILE         take the library from a wheel of Python's package tensorflow or tensorflow-cpu
      --library DIR        take it from an installed package: the folder 'tensorflow' in site-packages
  -h, --help

Without a source pip fetches TensorFlow ${RELEASE}. The addon of tfjs-node is compiled against its headers in seconds.
Needs Linux, a C++ compiler ('c++') and, but for --library, python3 with pip. The build lies in ~/.cache/driven-hunt, or
in the folder that DRIVEN_HUNT_TENSORFLOW names.`;

function fileOf(flags: Flags, name: "wheel" | "library"): string | null {
  const path = flags.text(name);
  if (path === null) return null;
  try {
    const { isDirectory } = Deno.statSync(path);
    if (isDirectory !== (name === "library")) throw new Error(isDirectory ? "it is a folder" : "it is no folder");
  } catch (error) {
    throw new UsageError(`--${name} '${path}' cannot be read: ${(error as Error).message}`);
  }
  return path;
}

export const engineTensorflow: Command = {
  name: "engine:tensorflow",
  summary: "build the native part of the TensorFlow engines",
  help: HELP,
  async run(args) {
    const flags = new Flags(args, {
      command: "engine:tensorflow",
      plan: [],
      strings: ["wheel", "library"],
      booleans: ["gpu"],
    });
    const [wheel, library] = [fileOf(flags, "wheel"), fileOf(flags, "library")];
    if (wheel && library) throw new UsageError("--wheel and --library: choose one");
    const origin = wheel ? { wheel } : library ? { folder: library } : null;
    const { version, folder } = await buildTensorflow(flags.on("gpu") ? "gpu" : "cpu", origin, console.error);
    console.log(`TensorFlow ${version} is in ${folder}; deno task doctor says whether it works`);
    return EXIT.ok;
  },
};
