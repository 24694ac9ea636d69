import { median } from "simple-statistics";
import { type Call, type Contender, WHAT, type What } from "./subject.ts";
import type { Contest } from "./roster.ts";

/** One line of the result: an engine on one case, and one peer where there was one. */
export interface Row {
  readonly case: string;
  readonly what: What;
  readonly engine: string;
  readonly medianMs: number;
  /** Matrix products of the engine's program per second, 10⁹; PyTorch may need more of them for the same result. */
  readonly gflops: number;
  /** `gflops` over the rate of one large product, measured in the same turns. */
  readonly ofPeak: number;
  readonly peer: string | null;
  readonly peerMedianMs: number | null;
  /** medianMs / peerMedianMs: below 1 the engine is faster. */
  readonly ratio: number | null;
}

const WARM_UP_ROUNDS = 2;

/** Share of a core that a contender had while it was timed; null without a peer. */
export interface Load {
  readonly engine: number;
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

const medians = (calls: readonly Call[]) => ({
  ms: median(calls.map(({ ms }) => ms)),
  cpuMs: median(calls.map(({ cpuMs }) => cpuMs)),
});

/** Times the engine and its peers in turns, so that whatever else the machine does falls on all, and takes medians. */
export async function duel({ case: id, subject, peers, peak }: Contest, engine: string, rounds: number) {
  const contenders: readonly Contender[] = [subject, ...peers];
  const calls = contenders.map((): Record<What, Call[]> => ({ step: [], evaluate: [], epoch: [] }));
  const peaks: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const what of WHAT) {
      for (const [i, contender] of contenders.entries()) {
        const call = await timed(contender, what);
        if (round >= 0) calls[i][what].push(call);
      }
    }
    const rate = await peak.measure();
    if (round >= 0) peaks.push(rate);
  }
  return WHAT.flatMap((what) => {
    const [ours, ...theirs] = calls.map((own) => medians(own[what]));
    const gflops = subject.flops[what] / ours.ms / 1e6;
    const shared = { case: id, what, engine, medianMs: ours.ms, gflops, ofPeak: gflops / median(peaks) };
    if (theirs.length === 0) {
      const row: Row = { ...shared, peer: null, peerMedianMs: null, ratio: null };
      return [{ row, load: { engine: ours.cpuMs / ours.ms, peer: null, cpuRatio: null } }];
    }
    return theirs.map((their, i): Timing => ({
      row: { ...shared, peer: peers[i].name, peerMedianMs: their.ms, ratio: ours.ms / their.ms },
      load: { engine: ours.cpuMs / ours.ms, peer: their.cpuMs / their.ms, cpuRatio: ours.cpuMs / their.cpuMs },
    }));
  });
}
