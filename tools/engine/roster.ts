import { startEngine } from "../../src/engine/mod.ts";
import { mnistPresent } from "../../src/data/mnist.ts";
import { find } from "../../src/errors.ts";
import { cases } from "../../bench/cases/mod.ts";
import { checkParity } from "./parity.ts";
import { type Peaks, peaksOf } from "./peaks.ts";
import { type Mode, type Peer, startPeer } from "./peer.ts";
import { settingOf, type Subject, subjectOf } from "./subject.ts";

/** A case that is ready to be timed, its engine and peers known to compute the same. */
export interface Contest {
  readonly case: string;
  readonly subject: Subject;
  readonly peers: readonly Peer[];
  readonly peaks: Peaks;
}

/** Who takes part besides the engine, and how many copies are trained at once by whoever can. */
export interface Invitation {
  /** An interpreter that has the frameworks, or none. */
  readonly python: string | undefined;
  readonly modes: readonly Mode[];
  readonly lanes: number;
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
export async function contestOf(id: string, engineId: string, { python, modes, lanes }: Invitation): Promise<Contest> {
  const setting = await settingOf(find("case", cases, id));
  const engine = await startEngine(engineId);
  const [subject, peaks] = [await subjectOf(engine, setting, lanes), await peaksOf(engine)];
  const peers: Peer[] = [];
  for (const mode of python ? modes : []) {
    const peer = await startPeer(python!, mode, setting, lanes);
    // Each against a subject of its own: the check makes steps.
    const fresh = await subjectOf(engine, setting, 1);
    await checkParity(id, fresh, peer);
    await fresh.stop();
    peers.push(peer);
  }
  return { case: id, subject, peers, peaks };
}

/** Ends a contest's processes. */
export async function dismiss({ subject, peers, peaks }: Contest): Promise<void> {
  await Promise.all([subject, ...peers, peaks].map((each) => each.stop()));
}
