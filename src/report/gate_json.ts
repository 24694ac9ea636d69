import type { Judgement } from "../gate/judge.ts";
import type { Exporter } from "./exporter.ts";

/** The judgement as JSON, with the time at which it was made (ISO 8601, UTC): what a history is of. */
const gateJson = (judgement: Judgement, judgedAt = new Date()): string =>
  JSON.stringify({ judgedAt: judgedAt.toISOString(), ...judgement }, null, 2) + "\n";

export const gateJsonExporter: Exporter<Judgement> = {
  flag: "gate-json",
  help: "write the judgement as JSON",
  render: (judgement) => gateJson(judgement),
};
