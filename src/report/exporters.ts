import type { Judgement } from "../gate/judge.ts";
import { csvExporter } from "./csv.ts";
import type { Exporter } from "./exporter.ts";
import { gateJsonExporter } from "./gate_json.ts";
import { issueExporter } from "./issue.ts";
import { jsonExporter } from "./json.ts";
import { junitExporter } from "./junit.ts";
import type { Row } from "./leaderboard.ts";
import { markdownExporter } from "./markdown.ts";

/** Forms of the leaderboard. */
export const boardExporters: readonly Exporter<readonly Row[]>[] = [
  csvExporter,
  jsonExporter,
  markdownExporter,
];

/** Forms of a judgement. */
export const gateExporters: readonly Exporter<Judgement>[] = [
  gateJsonExporter,
  junitExporter,
  issueExporter,
];
