import type { Catalogue } from "../catalogue/catalogue.ts";
import { casesOf, type Profile } from "../declare/profile.ts";
import { engines } from "../engine/mod.ts";
import { find } from "../errors.ts";
import { type Available, type Grid, planOf, type Selection, type Shard, shardOf } from "../fleet/plan.ts";
import type { Trial } from "../run/trial.ts";
import { firstAvailable } from "./available_case.ts";
import type { Chosen } from "./flags.ts";

/** Runs, and the profile that they are of. */
export interface Planned {
  readonly profile: string;
  readonly plan: readonly Trial[];
}

function profileOf({ profiles, defaultProfile }: Catalogue, choice: Chosen): Profile {
  find("engine", engines, choice.engine);
  return find("profile", profiles, choice.profile ?? defaultProfile);
}

/** What planning needs to know of the command line. */
type Wanted = Chosen & Selection & { readonly dryRun: boolean; readonly shard: Shard | null };

/** For the entries that have a choice of cases: those that are available, which may have to be downloaded. */
async function availableOf(catalogue: Catalogue, profile: Profile, wanted: Wanted): Promise<string[]> {
  const choices = wanted.cases.length ? [] : profile.entries.map(casesOf).filter((ids) => ids.length > 1);
  const known = new Map(choices.map((ids) => [ids.join(), ids]));
  const found: string[] = [];
  for (const ids of known.values()) {
    const candidates = ids.map((id) => find("case", catalogue.cases, id));
    found.push(await firstAvailable(candidates, { download: !wanted.dryRun }));
  }
  return found;
}

/** The runs to do. Everything is checked before cases are chosen by their data. @throws {UsageError} */
export async function planToRun(catalogue: Catalogue, wanted: Wanted): Promise<Planned> {
  const profile = profileOf(catalogue, wanted);
  planOf(catalogue, profile, wanted, "every");
  const plan = planOf(catalogue, profile, wanted, await availableOf(catalogue, profile, wanted));
  return { profile: profile.id, plan: wanted.shard ? shardOf(plan, wanted.shard) : plan };
}

/** The runs that records should be there of, where these cases were available. @throws {UsageError} */
export function planOfRecords(
  catalogue: Catalogue,
  choice: Chosen & { readonly overrides?: Grid },
  available: Available,
): Planned {
  const profile = profileOf(catalogue, choice);
  return { profile: profile.id, plan: planOf(catalogue, profile, { overrides: {}, ...choice }, available) };
}

/** The cases that records are there of. */
export const casesIn = (
  { records }: { readonly records: readonly { readonly case: string }[] },
): string[] => [...new Set(records.map((record) => record.case))];
