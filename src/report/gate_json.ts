import type { Judgement } from "../gate/judge.ts";

/** The judgement as JSON. */
export const gateJson = (judgement: Judgement): string => JSON.stringify(judgement, null, 2) + "\n";
