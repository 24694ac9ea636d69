import type { Finding } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";

/** As workflow commands need it: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const LEVELS = { drift: "error", incomplete: "error", inconclusive: "warning" } as const;

/** GitHub keeps ten annotations of each level a step; the worst come first, the table has them all. */
const MOST = 10;

/** One annotation a finding that is not as expected, as lines for stdout. */
export function annotations({ findings }: Judgement): string[] {
  const line = ({ verdict, subject, quantity, from, to, certainty, look }: Finding) => {
    const level = LEVELS[verdict as keyof typeof LEVELS];
    const title = property(`${verdict}: ${subject}`);
    return `::${level} title=${title}::${escaped(`${quantity}: expected ${from}, found ${to}; ${certainty}. ${look}`)}`;
  };
  return (["drift", "incomplete", "inconclusive"] as const)
    .flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict).slice(0, MOST).map(line));
}

/** GitHub drops a step's summary that is larger than this whole, and others may have written to it before. */
const MOST_BYTES = 1_048_576 / 2;

/** As many lines of a text as there is room for, and how many more there are. @param most of what `size` counts */
export function firstLines(text: string, most: number, size: (text: string) => number): string {
  if (size(text) < most) return text;
  const lines = text.split("\n");
  let taken = size(`\n\n${lines.length} more lines are in the log.`);
  const first = lines.findIndex((line) => (taken += size(line) + 1) >= most);
  return `${lines.slice(0, first).join("\n")}\n\n${lines.length - first} more lines are in the log.`;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** A table as a step summary takes it: as many of its lines as there is room for, and that there are more. */
export const summaryOf = (table: string): string => firstLines(table, MOST_BYTES, bytes) + "\n";
