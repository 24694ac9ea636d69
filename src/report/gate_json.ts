import type { Judgement } from "../gate/judge.ts";

/** The judgement as JSON, with the time at which it was made (ISO 8601, UTC): what a history is of. */
export const gateJson = (judgement: Judgement, judgedAt = new Date()): string =>
  JSON.stringify({ judgedAt: judgedAt.toISOString(), ...judgement }, null, 2) + "\n";
