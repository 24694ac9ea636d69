import { median, quantileSorted } from "simple-statistics";
import type { Rates } from "./peaks.ts";
import { type Call, type Contender, type Subject, WHAT, type What } from "./subject.ts";
import type { Contest } from "./roster.ts";

/** One line of the result: an engine on one case, and one peer where there was one. */
export interface Row {
  readonly case: string;
  readonly what: What;
  readonly engine: string;
  /** How many copies a call trains; times are of one. */
  readonly lanes: number;
  readonly medianMs: number;
  /** First and third quartile. */
  readonly quartilesMs: readonly [number, number];
  /** Matrix products of the engine's program per second, 10⁹; a peer may need more of them for the same result. */
  readonly gflops: number;
  /** What the call takes at least, by its matrix products or by the bytes that it moves, at rates of the same turns. */
  readonly limitMs: number;
  /** limitMs / medianMs. */
  readonly ofLimit: number;
  readonly peer: string | null;
  readonly peerMedianMs: number | null;
  readonly peerQuartilesMs: readonly [number, number] | null;
  /** medianMs / peerMedianMs: below 1 the engine is faster. */
  readonly ratio: number | null;
}

const WARM_UP_ROUNDS = 2;

/** Share of a core that a contender had while it was timed. */
export interface Load {
  /** Null where it is not the processor that computes. */
  readonly engine: number | null;
  /** The same; null without a peer too. */
  readonly peer: number | null;
  /** The ratio in processor time, which other processes hardly change. */
  readonly cpuRatio: number | null;
}

export interface Timing {
  readonly row: Row;
  readonly load: Load;
}

/** A call in the state that a training loop leaves the caches in: one just before it is not counted. */
async function timed(contender: Contender, what: What): Promise<Call> {
  await contender.call(what);
  return await contender.call(what);
}

function summary(calls: readonly Call[]) {
  const times = calls.map(({ ms }) => ms).sort((a, b) => a - b);
  const quartilesMs = [quantileSorted(times, 0.25), quantileSorted(times, 0.75)] as const;
  return { ms: median(times), quartilesMs, cpuMs: median(calls.map(({ cpuMs }) => cpuMs)) };
}

/** The least time of a call, in milliseconds. */
function limitOf({ flops, bytes }: Subject, what: What, rates: readonly Rates[]): number {
  const gflops = median(rates.map((rate) => rate.gflops));
  const gigabytes = median(rates.map((rate) => rate.gigabytes));
  return Math.max(flops[what] / gflops, bytes[what] / gigabytes) / 1e6;
}

/** Times the engine and its peers in turns, so that whatever else the machine does falls on all, and takes medians. */
export async function duel({ case: id, subject, peers, peaks }: Contest, engine: string, rounds: number) {
  const contenders: readonly Contender[] = [subject, ...peers];
  const calls = contenders.map((): Record<What, Call[]> => ({ step: [], evaluate: [], epoch: [] }));
  const rates: Rates[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const what of WHAT) {
      for (const [i, contender] of contenders.entries()) {
        const call = await timed(contender, what);
        if (round >= 0) calls[i][what].push(call);
      }
    }
    const rate = await peaks.measure();
    if (round >= 0) rates.push(rate);
  }
  return WHAT.flatMap((what) => {
    const [ours, ...theirs] = calls.map((own) => summary(own[what]));
    const limitMs = limitOf(subject, what, rates);
    const shared = {
      case: id,
      what,
      engine,
      lanes: subject.lanes,
      medianMs: ours.ms,
      quartilesMs: ours.quartilesMs,
      gflops: subject.flops[what] / ours.ms / 1e6,
      limitMs,
      ofLimit: limitMs / ours.ms,
    };
    const loadOf = (contender: Contender, { cpuMs, ms }: ReturnType<typeof summary>) =>
      contender.isOnProcessor ? cpuMs / ms : null;
    const engineLoad = loadOf(subject, ours);
    if (theirs.length === 0) {
      const row: Row = { ...shared, peer: null, peerMedianMs: null, peerQuartilesMs: null, ratio: null };
      return [{ row, load: { engine: engineLoad, peer: null, cpuRatio: null } }];
    }
    return theirs.map((their, i): Timing => ({
      row: {
        ...shared,
        peer: peers[i].name,
        peerMedianMs: their.ms,
        peerQuartilesMs: their.quartilesMs,
        ratio: ours.ms / their.ms,
      },
      load: { engine: engineLoad, peer: loadOf(peers[i], their), cpuRatio: ours.cpuMs / their.cpuMs },
    }));
  });
}
