import { paper } from "./paper.ts";
import type { Profile } from "../../src/declare/profile.ts";
import { quick } from "./quick.ts";
import { smoke } from "./smoke.ts";
import { study } from "./study.ts";
import { tune } from "./tune.ts";
import { tuned } from "./tuned.ts";

/** Every profile, shortest first. */
export const profiles: readonly Profile[] = [smoke, quick, tuned, tune, study, paper];
export const DEFAULT_PROFILE = quick.id;
