import { startEngine } from "../../src/engine/mod.ts";
import { mnistPresent } from "../../src/data/mnist.ts";
import { find } from "../../src/errors.ts";
import { cases } from "../../bench/cases/mod.ts";
import { checkParity } from "./parity.ts";
import { type GemmPeak, gemmPeak } from "./gemm_peak.ts";
import { type Mode, type Peer, startPeer } from "./peer.ts";
import { settingOf, type Subject, subjectOf } from "./subject.ts";

/** A case that is ready to be timed, its engine and peers known to compute the same. */
export interface Contest {
  readonly case: string;
  readonly subject: Subject;
  readonly peers: readonly Peer[];
  readonly peak: GemmPeak;
}

/** Who PyTorch takes part as. */
export interface Invitation {
  /** An interpreter that has it, or none. */
  readonly python: string | undefined;
  readonly modes: readonly Mode[];
}

/** `mnist1k` becomes `glyphs1k`, the same model on drawn digits, where the images are absent; said aloud. */
export function present(ids: readonly string[], say: (line: string) => void = console.error): string[] {
  const chosen = ids.map((id) => {
    if (id !== "mnist1k" || mnistPresent()) return id;
    say("mnist1k: its data are not here (deno task data fetches them); glyphs1k in its place");
    return "glyphs1k";
  });
  return [...new Set(chosen)];
}

/**
 * Compiles a case and starts its peers.
 *
 * @throws {ParityError} when engine and peer disagree; {DataError} when the case's data are damaged
 */
export async function contestOf(id: string, engineId: string, { python, modes }: Invitation): Promise<Contest> {
  const setting = await settingOf(find("case", cases, id));
  const engine = await startEngine(engineId);
  const [subject, peak] = [await subjectOf(engine, setting), await gemmPeak(engine)];
  const peers: Peer[] = [];
  for (const mode of python ? modes : []) {
    const peer = await startPeer(python!, mode, setting);
    // Each against a subject of its own: the check makes steps.
    const fresh = await subjectOf(engine, setting);
    await checkParity(id, fresh, peer);
    await fresh.stop();
    peers.push(peer);
  }
  return { case: id, subject, peers, peak };
}

/** Ends a contest's processes. */
export async function dismiss({ subject, peers, peak }: Contest): Promise<void> {
  await Promise.all([subject, ...peers, peak].map((each) => each.stop()));
}
