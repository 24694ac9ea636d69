import { existsSync, readFileSync } from "node:fs";
import { catalogue } from "../../bench/mod.ts";
import { complaintIn, ourselves } from "../../src/child.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import type { Night } from "./survey.ts";

/** A bench that is asked for, and where its records go. */
interface Asked {
  readonly engine: string;
  readonly args: readonly string[];
  readonly results: string;
  readonly signal: AbortSignal;
}

/** Runs a bench and counts what it has ended. Runs that their time limit ends are none. */
export async function nightOf({ engine, args, results, signal }: Asked): Promise<Omit<Night, "command">> {
  const start = performance.now();
  const judged = `${results}.gate.json`;
  const { stderr } = await ourselves({
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: ["bench", ...args, "--gate-json", judged],
    signal,
  }).output();
  const seconds = (performance.now() - start) / 1000;
  const { records } = readArchive(results, catalogue);
  if (records.length === 0) throw new Error(complaintIn(stderr) ?? "no run came to its end");
  return {
    engine,
    seconds,
    runs: records.length,
    steps: records.reduce((sum, { steps }) => sum + steps, 0),
    verdict: existsSync(judged) ? verdictOf(JSON.parse(readFileSync(judged, "utf8"))) : "not judged",
  };
}

/** `inconclusive; times: 1 reproduced, 1 inconclusive`. */
function verdictOf({ verdict, findings }: Judgement): string {
  const times = Object.entries(
    Object.groupBy(findings.filter(({ tier }) => tier === "time"), (found) => found.verdict),
  );
  return `${verdict}; times: ${times.map(([word, found]) => `${found.length} ${word}`).join(", ") || "none"}`;
}
