import { median } from "simple-statistics";
import { type Call, type Contender, WHAT, type What } from "./subject.ts";
import type { Pairing } from "./roster.ts";

/** One line of the result: an engine on one case, and its peer where there was one. */
export interface Row {
  readonly case: string;
  readonly what: What;
  readonly engine: string;
  readonly medianMs: number;
  /** Matrix products of the engine's program per second, 10⁹; PyTorch may need more of them for the same result. */
  readonly gflops: number;
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

/** Times the engine and its peer in turns, so that whatever else the machine does falls on both, and takes medians. */
export async function duel(
  { case: id, subject, peer }: Pairing,
  engine: string,
  rounds: number,
): Promise<Timing[]> {
  const calls = { step: { ours: [], theirs: [] }, evaluate: { ours: [], theirs: [] } } as Record<What, Turns>;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const what of WHAT) {
      const mine = await timed(subject, what);
      const other = peer && await timed(peer, what);
      if (round < 0) continue;
      calls[what].ours.push(mine);
      if (other) calls[what].theirs.push(other);
    }
  }
  return WHAT.map((what) => {
    const ours = medians(calls[what].ours);
    const theirs = peer && medians(calls[what].theirs);
    const row = {
      case: id,
      what,
      engine,
      medianMs: ours.ms,
      gflops: subject.flops[what] / ours.ms / 1e6,
      peer: peer?.name ?? null,
      peerMedianMs: theirs?.ms ?? null,
      ratio: theirs && ours.ms / theirs.ms,
    };
    const load = {
      engine: ours.cpuMs / ours.ms,
      peer: theirs && theirs.cpuMs / theirs.ms,
      cpuRatio: theirs && ours.cpuMs / theirs.cpuMs,
    };
    return { row, load };
  });
}

interface Turns {
  readonly ours: Call[];
  readonly theirs: Call[];
}
