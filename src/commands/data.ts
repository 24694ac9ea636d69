import process from "node:process";
import { createLogUpdate } from "log-update";
import { DataError } from "../data/data_error.ts";
import type { Progress } from "../data/download.ts";
import { dataFolder } from "../data/manifest.ts";
import { downloadMnist } from "../data/mnist.ts";
import { UsageError } from "../errors.ts";
import { type Command, EXIT } from "./command.ts";

const HELP = `Download MNIST from its public mirrors, verify every file by SHA-256 and keep it.

Usage: deno task data

The folder is data/.cache, or the one that DRIVEN_HUNT_DATA names. A broken download is resumed; files that verify are kept.`;

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** On a terminal one line that is redrawn while a file comes in, elsewhere one line an event. */
function reporter(): { report: (progress: Progress) => void; close: () => void } {
  const draw = createLogUpdate(process.stderr);
  const report = (progress: Progress) => {
    if (progress.state !== "receiving") {
      draw.clear();
      const reason = progress.state === "failed" ? ` from ${progress.mirror}: ${progress.reason}` : "";
      console.error(`${progress.file}: ${progress.state}${reason}`);
    } else if (Deno.stderr.isTerminal() && progress.total) {
      const { file, received, total } = progress;
      draw(`${file}: ${megabytes(received)} of ${megabytes(total)} MB, ${Math.floor(100 * received / total)} %`);
    }
  };
  return { report, close: () => draw.done() };
}

export const data: Command = {
  name: "data",
  summary: "download MNIST and verify it",
  help: HELP,
  async run(args) {
    if (args.length) throw new UsageError(`data takes no argument '${args[0]}'`);
    const { report, close } = reporter();
    try {
      await downloadMnist({ onProgress: report });
      console.log(`MNIST is in ${dataFolder()}, verified`);
      return EXIT.ok;
    } catch (error) {
      if (error instanceof DataError) throw new UsageError(error.message);
      throw error;
    } finally {
      close();
    }
  },
};
