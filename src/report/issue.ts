import type { Judgement } from "../gate/judge.ts";
import type { Exporter } from "./exporter.ts";
import { gateMarkdown } from "./gate_markdown.ts";
import { firstLines } from "./github.ts";

/** GitHub refuses an issue whose body has more than 65,536 characters. */
const MOST_CHARACTERS = 65_000;

/** The judgement as the body of a request that opens an issue on GitHub: as many lines of the table as it takes. */
const issueJson = (judgement: Judgement): string => {
  const { profile, engine, verdict, commits } = judgement;
  const title = `Gate: ${profile} on ${engine}: ${verdict}`;
  const at = commits.length ? `Judged at ${commits.join(", ")}.\n\n` : "";
  return JSON.stringify({
    title,
    body: firstLines(at + gateMarkdown(judgement), MOST_CHARACTERS, (text) => text.length),
  });
};

export const issueExporter: Exporter<Judgement> = {
  flag: "issue-json",
  help: "write the judgement as a request that opens an issue on GitHub",
  render: issueJson,
};
