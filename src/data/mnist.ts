import { type DataFile, readArchive } from "./archive.ts";
import { DataError, oneLine } from "./data_error.ts";
import type { Dataset, Split } from "./dataset.ts";
import { downloadFiles, type DownloadOptions } from "./download.ts";
import { parseIdx } from "./idx.ts";
import { contentsText, isPlausiblyThere, placesOf } from "./locate.ts";
import { dataFolder, type MnistManifest, mnistManifest } from "./manifest.ts";
import { reachable } from "./reachable.ts";

const TRAIN_IMAGES = 60_000;
const TEST_IMAGES = 10_000;
const PIXELS = 28 * 28;
const IMAGE_HEADER = 16;
const LABEL_HEADER = 8;

/** What to load and from where. */
export interface MnistOptions {
  /** How many training images, from the beginning of the file: 1 … 60,000. Default 1,000, as Omnigrok. */
  readonly trainSize?: number;
  /** Folder of the four files, packed or not, at the top or below. Default {@linkcode dataFolder}. */
  readonly folder?: string;
  readonly manifest?: MnistManifest;
}

/**
 * The first `trainSize` training images of MNIST and all 10,000 test images, after verifying all four files.
 *
 * Input `pixels`: float32 [size, 784], pixel / 255, row by row from the top left.
 *
 * @throws {DataError} If a file is missing, damaged or another one. Nothing is returned of a file that was not verified.
 * @throws {RangeError} If `trainSize` is not an integer of 1 … 60,000.
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Dataset> {
  const { trainSize = 1000, folder = dataFolder(), manifest: { files } = mnistManifest } = options;
  if (!Number.isInteger(trainSize) || trainSize < 1 || trainSize > TRAIN_IMAGES) {
    throw new RangeError(`loading MNIST: trainSize is ${trainSize}, expected an integer of 1 … ${TRAIN_IMAGES}`);
  }
  // All four must be there before the first is read: the message then names everything that is missing.
  const missing = Object.values(files).filter((file) => placesOf(file, folder).next().done);
  if (missing.length > 0) {
    const names = missing.map((file) => `${file.name}.gz`).join(", ");
    throw new DataError(
      `loading MNIST: ${names} not found in ${folder} (${contentsText(folder)}); run \`deno task data\` to download, ` +
        "or set DRIVEN_HUNT_DATA to a folder that has the four files, packed or not",
    );
  }
  const [train, test] = await Promise.all([
    loadSplit(folder, files.trainImages, files.trainLabels, trainSize),
    loadSplit(folder, files.testImages, files.testLabels, TEST_IMAGES),
  ]);
  return { train, test };
}

/** The first bytes of a file, from the first of its places whose bytes verify. @throws {DataError} of the first place */
async function readVerified(folder: string, file: DataFile, keep: number): Promise<Uint8Array<ArrayBuffer>> {
  const reasons: unknown[] = [];
  for (const path of placesOf(file, folder)) {
    try {
      return await readArchive(path, file, keep);
    } catch (error) {
      reasons.push(error);
    }
  }
  throw reasons[0];
}

async function loadSplit(folder: string, images: DataFile, labels: DataFile, size: number): Promise<Split> {
  try {
    const pixels = await readVerified(folder, images, IMAGE_HEADER + size * PIXELS);
    const classes = await readVerified(folder, labels, LABEL_HEADER + size);
    const image = parseIdx(pixels, images.name, 3, size);
    if (image.rowLength !== PIXELS) {
      throw new DataError(`reading ${images.name}: ${image.rowLength} pixels an image, expected ${PIXELS}`);
    }
    const values = new Float32Array(image.values.length);
    for (let i = 0; i < values.length; i++) values[i] = image.values[i] / 255;
    return {
      size,
      inputs: { pixels: { dtype: "float32", width: PIXELS, values } },
      targets: Int32Array.from(parseIdx(classes, labels.name, 1, size).values),
    };
  } catch (error) {
    throw new DataError(`${oneLine(error)}; run \`deno task data\` to replace it`, { cause: error });
  }
}

/** Whether the four files are there with a plausible size. Cheap; {@linkcode loadMnist} verifies. */
export const mnistPresent = (folder: string = dataFolder(), manifest: MnistManifest = mnistManifest): boolean =>
  Object.values(manifest.files).every((file) => isPlausiblyThere(file, folder));

/** Whether some mirror answers within `timeoutMs`. Never throws, never asks for a permission. */
export function mnistReachable(timeoutMs = 5000, mirrors: readonly string[] = mnistManifest.mirrors): Promise<boolean> {
  const { name } = mnistManifest.files.testLabels;
  return reachable(mirrors.map((mirror) => new URL(`${name}.gz`, mirror)), timeoutMs);
}

/**
 * Downloads and verifies what is missing of MNIST; see {@linkcode downloadFiles}.
 *
 * @throws {DataError} If every mirror failed for some file.
 */
export function downloadMnist(options: Partial<DownloadOptions> = {}): Promise<void> {
  const { mirrors, files } = mnistManifest;
  return downloadFiles({ folder: dataFolder(), mirrors, files: Object.values(files), ...options });
}
