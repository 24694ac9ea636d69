import {
  DEFAULT_PROFILE,
  IMAGE,
  IMAGE_CASES,
  OFFLINE_IMAGE,
  type Profile,
  profiles,
} from "../../bench/profiles/mod.ts";
import { engines } from "../engine/mod.ts";
import { find } from "../errors.ts";
import type { Archive } from "../run/record/archive.ts";
import { planOf, type Selection, type Shard, shardOf } from "../fleet/plan.ts";
import type { Trial } from "../run/trial.ts";
import { chooseImageCase } from "./image_case.ts";
import type { Chosen } from "./flags.ts";

/** Runs, and the profile that they are of. */
export interface Planned {
  readonly profile: string;
  readonly plan: readonly Trial[];
}

/** The profile with its image case: those that were asked for by name, or else `image`. */
function withImageCase(profile: Profile, { cases }: Chosen, image: string): Profile {
  const named = IMAGE_CASES.filter((id) => cases.includes(id));
  const ids = named.length ? named : [image];
  const entries = profile.entries.flatMap((entry) =>
    entry.case === IMAGE ? ids.map((id) => ({ ...entry, case: id })) : [entry]
  );
  return { ...profile, entries };
}

const usesImage = (profile: Profile, { cases }: Chosen) =>
  cases.length === 0 && profile.entries.some((entry) => entry.case === IMAGE);

function profileOf(choice: Chosen): Profile {
  find("engine", engines, choice.engine);
  return find("profile", profiles, choice.profile ?? DEFAULT_PROFILE);
}

/** What planning needs to know of the command line. */
type Wanted = Chosen & Selection & { readonly dryRun: boolean; readonly shard: Shard | null };

/** The runs to do. Everything is checked before the image case is chosen, which may download. @throws {UsageError} */
export async function planToRun(wanted: Wanted): Promise<Planned> {
  const profile = profileOf(wanted);
  const planned = (image: string): Planned => {
    const plan = planOf(withImageCase(profile, wanted, image), wanted);
    return { profile: profile.id, plan: wanted.shard ? shardOf(plan, wanted.shard) : plan };
  };
  const offline = planned(OFFLINE_IMAGE);
  return usesImage(profile, wanted) ? planned(await chooseImageCase({ download: !wanted.dryRun })) : offline;
}

/** The runs that records should be there of, when the image case was `image`. @throws {UsageError} */
export function planOfRecords(choice: Chosen, image: string): Planned {
  const profile = profileOf(choice);
  return { profile: profile.id, plan: planOf(withImageCase(profile, choice, image), { ...choice, overrides: {} }) };
}

/** The image case that records are there of. */
export const imageCaseOf = ({ records }: Archive): string =>
  records.some((record) => record.case === OFFLINE_IMAGE) && !records.some((record) => record.case === "mnist1k")
    ? OFFLINE_IMAGE
    : "mnist1k";
