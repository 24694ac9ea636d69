import { startEngine } from "../../src/engine/mod.ts";
import { DataError } from "../../src/data/data_error.ts";
import { find } from "../../src/errors.ts";
import { cases } from "../cases/mod.ts";
import { checkParity } from "./parity.ts";
import { type Peer, startPeer } from "./peer.ts";
import { type Setting, settingOf, type Subject, subjectOf } from "./subject.ts";

/** A case that is ready to be timed, its engine and peer known to compute the same. */
export interface Pairing {
  readonly case: string;
  readonly subject: Subject;
  readonly peer: Peer | null;
}

/** `mnist1k` becomes `glyphs1k`, the same model on drawn digits, where the images are absent; said aloud. */
async function settingNamed(id: string, say: (line: string) => void): Promise<Setting> {
  try {
    return await settingOf(find("case", cases, id));
  } catch (error) {
    if (!(error instanceof DataError) || id !== "mnist1k") throw error;
    say("mnist1k: its data are not here (deno task data fetches them); glyphs1k in its place");
    return await settingOf(find("case", cases, "glyphs1k"));
  }
}

/**
 * Compiles a case and starts its peer.
 *
 * @param python a Python with PyTorch, or none
 * @throws {ParityError} when engine and peer disagree
 */
export async function pair(
  id: string,
  engine: string,
  python: string | undefined,
  say: (line: string) => void = console.error,
): Promise<Pairing> {
  const setting = await settingNamed(id, say);
  const subject = await subjectOf(await startEngine(engine), setting);
  const peer = python ? await startPeer(python, setting) : null;
  if (peer) await checkParity(setting.case.id, subject, peer);
  return { case: setting.case.id, subject, peer };
}
