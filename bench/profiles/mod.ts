import { paper } from "./paper.ts";
import type { Profile } from "../../src/declare/profile.ts";
import { quick } from "./quick.ts";
import { smoke } from "./smoke.ts";
import { study } from "./study.ts";
import { tune } from "./tune.ts";

/** Every profile, shortest first. */
export const profiles: readonly Profile[] = [smoke, quick, tune, study, paper];
export const DEFAULT_PROFILE = quick.id;
