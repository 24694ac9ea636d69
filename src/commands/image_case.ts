import { downloadMnist, mnistPresent, mnistReachable } from "../data/mnist.ts";

/** Whether data may be fetched, and where one line for whoever watches goes. */
interface ImageOptions {
  readonly download: boolean;
  readonly say?: (line: string) => void;
}

/** `mnist1k` where its data are, or can be fetched, and `glyphs1k` elsewhere; decided within 5 s and said aloud. */
export async function chooseImageCase({ download, say = console.error }: ImageOptions): Promise<string> {
  if (mnistPresent()) {
    say("image case: mnist1k (its data are here)");
    return "mnist1k";
  }
  if (await mnistReachable()) {
    if (!download) {
      say("image case: mnist1k (its data can be downloaded)");
      return "mnist1k";
    }
    try {
      say("image case: mnist1k (downloading its data)");
      await downloadMnist();
      return "mnist1k";
    } catch (error) {
      // Whatever keeps the data away, the offline case is there.
      say(error instanceof Error ? error.message.split("\n")[0] : String(error));
    }
  }
  say("image case: glyphs1k (MNIST is not here and cannot be downloaded; set DRIVEN_HUNT_DATA or run deno task data)");
  return "glyphs1k";
}
