import { cellText } from "../table/cell.ts";
import type { Run } from "../run/record/record.ts";
import type { Finding } from "./finding.ts";
import { numbersOf } from "./numbers.ts";
import type { Sample } from "./sample.ts";
import { firstBy, type Subject } from "./subject.ts";

/** Same run, same engine build (both in its id) and same kind of processor and device: the trajectory should be the same. */
function comparable(sample: Sample | undefined, { sources }: Subject, { provenance }: Run) {
  if (!sample) return undefined;
  const { cpu, device } = sources[sample.source];
  return cpu === provenance.cpu && device === provenance.device ? sample : undefined;
}

/**
 * The exact tier: trajectories of fixed seeds, bit for bit. A mismatch is no drift by itself, for another order of
 * summation is enough; it says that the arithmetic changed, and when.
 */
export function digestFinding(subject: Subject): Finding | null {
  const samples = firstBy(subject.expected?.samples ?? [], ({ record }) => record);
  const compared = subject.evidence.flatMap((record) => {
    const sample = comparable(samples.get(record.id), subject, record);
    return sample ? [{ record, sample }] : [];
  });
  if (compared.length === 0) return null;
  const moved = compared.filter(({ record, sample }) => record.digest !== sample.digest);
  const from = moved[0] ? subject.sources[moved[0].sample.source].commit?.slice(0, 9) ?? "an unknown commit" : "";
  const to = moved[0]?.record.provenance.commit?.slice(0, 9) ?? "the working tree";
  return {
    tier: "digest",
    subject: cellText(subject.cell),
    quantity: "trajectory digest",
    verdict: moved.length ? "inconclusive" : "reproduced",
    from: `${compared.length} known`,
    to: moved.length ? `${moved.length} differ` : "all equal",
    certainty: "exact: same seed, engine build and processor",
    numbers: numbersOf({ n: { expected: compared.length, found: compared.length - moved.length } }),
    seeds: (moved.length ? moved : compared).map(({ record }) => record.seed),
    look: moved.length ? `what changed the arithmetic between ${from} and ${to}: git diff ${from} -- src bench` : "",
  };
}
