import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { command, complaintIn } from "../../child.ts";
import { UsageError } from "../../errors.ts";
import { ADDON, buildFolder, type Library, MANIFEST, PACKAGE, type Variant } from "./library.ts";

/** The release whose library is taken when none is given: the newest that tfjs-node 4.22 was run with. */
export const RELEASE = "2.21.0";
const REQUIREMENT: Readonly<Record<Variant, string>> = {
  cpu: `tensorflow-cpu==${RELEASE}`,
  gpu: `tensorflow[and-cuda]==${RELEASE}`,
};

/** Where the library comes from: pip's index, a wheel, or an installed Python package `tensorflow`. */
export type Origin = { readonly wheel: string } | { readonly folder: string } | null;

/** Runs a program to its end. @throws {UsageError} with its last line when it fails or is not there */
async function execute(what: string, program: string, args: readonly string[]): Promise<void> {
  let output: Deno.CommandOutput;
  try {
    output = await command(program, { args: [...args], stdin: "null" }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(`${what}: there is no '${program}' on the PATH; install it`);
  }
  if (output.success) return;
  throw new UsageError(`${what}: ${program}: ${complaintIn(output.stderr) ?? `exit code ${output.code}`}`);
}

/** The folder of the Python package: headers in `include`, `libtensorflow_cc.so.2` beside them. */
async function fetchLibrary(variant: Variant, origin: Origin, into: string): Promise<string> {
  if (origin && "folder" in origin) return resolve(origin.folder);
  const site = join(into, "site");
  const what = origin ? origin.wheel : REQUIREMENT[variant];
  // The CPU wheel needs none of its Python dependencies; the GPU one brings CUDA as such.
  const alone = variant === "cpu" || origin ? ["--no-deps"] : [];
  const args = ["-m", "pip", "install", "--quiet", "--no-compile", ...alone, "--target", site, what];
  await execute(`fetching ${what}`, "python3", args);
  return join(site, "tensorflow");
}

function assertLibrary(folder: string): void {
  for (const part of ["include/tensorflow/c/eager/c_api.h", "libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) {
    try {
      Deno.statSync(join(folder, part));
    } catch {
      throw new UsageError(`building for TensorFlow: ${folder} has no ${part}; a package 'tensorflow' ≥ 2.16 has`);
    }
  }
}

/** Compiles tfjs-node's addon against the headers and the library of a TensorFlow package. */
async function compile(tensorflow: string, addon: string, rpath: string): Promise<void> {
  // Deno fetches a package when something of it is imported.
  await import("@tensorflow/tfjs-node-gpu/dist/version.js");
  const source = fileURLToPath(new URL("./", import.meta.resolve(`${PACKAGE}/package.json`)));
  const { include_dir: nodeApi } = (await import("node-api-headers")).default;
  await execute("compiling the addon of tfjs-node", "c++", [
    ...["-shared", "-fPIC", "-O2", "-std=c++17", "-w", "-DNAPI_VERSION=8"],
    ...[`-I${nodeApi}`, `-I${source}`, `-I${join(tensorflow, "include")}`],
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(source, "binding", file)),
    ...["-o", addon, `-L${tensorflow}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    `-Wl,-rpath,${rpath}`,
  ]);
}

/** Loads an addon once; returns the version of its TensorFlow. @throws {UsageError} */
function load(addon: string): string {
  try {
    return String(createRequire(import.meta.url)(addon).TF_Version);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new UsageError(`loading the addon that was built: ${reason}`);
  }
}

/**
 * Builds the native part of the `tensorflow` engines outside of the project, in one step: an older build stays until the new
 * one has been loaded once.
 *
 * @param say told each step as it begins
 * @throws {UsageError} that says which step failed, and why
 */
export async function buildTensorflow(
  variant: Variant,
  origin: Origin,
  say: (line: string) => void,
): Promise<Library & { readonly folder: string }> {
  if (Deno.build.os !== "linux") {
    throw new UsageError(
      `building for TensorFlow: this is ${Deno.build.os}, and only Linux wheels carry a C++ library`,
    );
  }
  const target = buildFolder(variant);
  if (!target) throw new UsageError("building for TensorFlow: set HOME, XDG_CACHE_HOME or DRIVEN_HUNT_TENSORFLOW");
  const fresh = `${target}.new-${crypto.randomUUID()}`;
  Deno.mkdirSync(fresh, { recursive: true });
  try {
    say(`library: ${origin ? Object.values(origin)[0] : `${REQUIREMENT[variant]}, by pip`}`);
    const tensorflow = await fetchLibrary(variant, origin, fresh);
    assertLibrary(tensorflow);
    say("compiling the addon");
    const within = tensorflow.startsWith(fresh);
    await compile(tensorflow, join(fresh, ADDON), within ? "$ORIGIN/site/tensorflow" : tensorflow);
    say("loading it");
    const version = load(join(fresh, ADDON));
    Deno.writeTextFileSync(join(fresh, MANIFEST), JSON.stringify({ libtensorflow: version }) + "\n");
    if (exists(target)) Deno.removeSync(target, { recursive: true });
    Deno.renameSync(fresh, target);
    return { addon: join(target, ADDON), version, folder: target };
  } finally {
    if (exists(fresh)) Deno.removeSync(fresh, { recursive: true });
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
