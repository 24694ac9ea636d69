import { DataError } from "../data/data_error.ts";
import { downloadMnist, mnistPresent, mnistReachable } from "../data/mnist.ts";

/**
 * `mnist1k` where its data are, or can be fetched, and `glyphs1k` elsewhere; decided within 5 s and said aloud.
 *
 * @param say one line for whoever watches
 */
export async function chooseImageCase(say: (line: string) => void = console.error): Promise<string> {
  if (mnistPresent()) {
    say("image case: mnist1k (its data are here)");
    return "mnist1k";
  }
  if (await mnistReachable()) {
    try {
      say("image case: mnist1k (downloading its data)");
      await downloadMnist();
      return "mnist1k";
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      say(error.message);
    }
  }
  say("image case: glyphs1k (MNIST is not here and cannot be downloaded; set DRIVEN_HUNT_DATA or run deno task data)");
  return "glyphs1k";
}
