import { join } from "node:path";
import { type DataFile, readArchive } from "./archive.ts";
import { DataError, oneLine } from "./data_error.ts";
import { placesOf } from "./locate.ts";
import { type Fetch, transfer } from "./transfer.ts";

/** What a download says while it goes on; `file` is the name on disk. */
export type Progress =
  & { readonly file: string }
  & (
    | { readonly state: "kept" | "waiting" | "done" }
    | { readonly state: "receiving"; readonly mirror: string; readonly received: number; readonly total?: number }
    | { readonly state: "failed"; readonly mirror: string; readonly reason: string }
  );

/** What to download, from where to where. */
export interface DownloadOptions {
  readonly folder: string;
  /** Folders that serve `<name>.gz`, best first; each ends with a slash. */
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
  readonly onProgress?: (progress: Progress) => void;
  readonly fetch?: Fetch;
  /** A mirror that sends nothing for so long has failed. Default 30,000 ms. */
  readonly stallMs?: number;
}

/**
 * Brings every file into `folder` as `<name>.gz`. A file gets its final name only after its unpacked bytes were verified,
 * by an atomic rename; until then it is `<name>.gz.part`, where a later run goes on. A copy that verifies is kept.
 *
 * @throws {DataError} If every mirror failed for some file; the message has the reason of each.
 */
export async function downloadFiles(options: DownloadOptions): Promise<void> {
  const { folder, files, onProgress = () => {} } = options;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of files) {
    const name = `${file.name}.gz`;
    const path = join(folder, name);
    // First without the lock, which a read-only folder cannot have; and wherever else it may lie.
    if (await someVerifies(placesOf(file, folder), file)) {
      onProgress({ file: name, state: "kept" });
      continue;
    }
    const onWait = () => onProgress({ file: name, state: "waiting" });
    await withLock(join(folder, ".lock"), onWait, async () => {
      // Whoever had the lock may have brought it meanwhile.
      if (await verifies(path, file)) return onProgress({ file: name, state: "kept" });
      await downloadFile(path, file, options);
      onProgress({ file: name, state: "done" });
    });
  }
}

async function downloadFile(path: string, file: DataFile, options: DownloadOptions): Promise<void> {
  const { folder, mirrors, onProgress = () => {}, fetch = globalThis.fetch, stallMs = 30_000 } = options;
  const name = `${file.name}.gz`;
  const part = `${path}.part`;
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    const onBytes = (received: number, total?: number) =>
      onProgress({ file: name, state: "receiving", mirror, received, total });
    try {
      await transferVerified(() => transfer(new URL(name, mirror), part, { fetch, stallMs, onBytes }), part, file);
      return await Deno.rename(part, path);
    } catch (error) {
      const reason = oneLine(error);
      reasons.push(`${mirror}: ${reason}`);
      onProgress({ file: name, state: "failed", mirror, reason });
    }
  }
  throw new DataError(
    `downloading ${name}: every mirror failed (${reasons.join("; ")}); run \`deno task data\` again when the network ` +
      `is back, or put the file into ${folder}, or set DRIVEN_HUNT_DATA to a folder that has it`,
  );
}

/** Transfers until `part` verifies. Bytes that do not verify are deleted: going on from them could never succeed. */
async function transferVerified(go: () => Promise<boolean>, part: string, file: DataFile): Promise<void> {
  while (true) {
    const resumed = await go();
    try {
      await readArchive(part, file, 0);
      return;
    } catch (error) {
      await Deno.remove(part);
      // After a resumed transfer the bad bytes may be the old ones: this mirror gets one try from nothing.
      if (!resumed) throw error;
    }
  }
}

async function someVerifies(paths: Iterable<string>, file: DataFile): Promise<boolean> {
  for (const path of paths) if (await verifies(path, file)) return true;
  return false;
}

async function verifies(path: string, file: DataFile): Promise<boolean> {
  try {
    await readArchive(path, file, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs `body` under an exclusive lock of the file `path`, which the system releases even when the process is killed. */
async function withLock(path: string, onWait: () => void, body: () => Promise<void>): Promise<void> {
  using lock = await Deno.open(path, { write: true, create: true });
  if (!await lock.tryLock(true)) {
    onWait();
    await lock.lock(true);
  }
  await body();
}
