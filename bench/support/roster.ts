import { startEngine } from "../../src/engine/mod.ts";
import { mnistPresent } from "../../src/data/mnist.ts";
import { find } from "../../src/errors.ts";
import { cases } from "../cases/mod.ts";
import { checkParity } from "./parity.ts";
import { type Peer, startPeer } from "./peer.ts";
import { settingOf, type Subject, subjectOf } from "./subject.ts";

/** A case that is ready to be timed, its engine and peer known to compute the same. */
export interface Pairing {
  readonly case: string;
  readonly subject: Subject;
  readonly peer: Peer | null;
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
 * Compiles a case and starts its peer.
 *
 * @param python a Python with PyTorch, or none
 * @throws {ParityError} when engine and peer disagree; {DataError} when the case's data are damaged
 */
export async function pair(id: string, engine: string, python: string | undefined): Promise<Pairing> {
  const setting = await settingOf(find("case", cases, id));
  const subject = await subjectOf(await startEngine(engine), setting);
  const peer = python ? await startPeer(python, setting) : null;
  if (peer) await checkParity(id, subject, peer);
  return { case: id, subject, peer };
}
