import { catalogue } from "../bench/mod.ts";
import { expectedFolder } from "../src/gate/expectation.ts";
import { readArchive } from "../src/run/record/archive.ts";
import type { RunRecord } from "../src/run/record/record.ts";

/** The records that the repository keeps of these profiles. @throws {Error} where one of them cannot be trusted */
export function keptRecords(...profiles: readonly string[]): RunRecord[] {
  const archives = profiles.map((profile) => readArchive(`${expectedFolder(profile)}/records`, catalogue));
  const damaged = archives.flatMap(({ rejected }) => rejected);
  if (damaged.length) throw new Error(damaged[0]);
  return archives.flatMap(({ records }) => records);
}
