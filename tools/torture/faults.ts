import type { Stream } from "../../src/data/stream.ts";
import { damageFile, DAMAGES } from "./damage.ts";
import type { Scene } from "./scene.ts";
import { SEALED_FOLDERS, type SealedFiles } from "./sealed_files.ts";
import { pause, type Session } from "./session.ts";

/** Where a fault happens. */
export interface Stage {
  readonly scene: Scene;
  readonly sealed: SealedFiles;
  readonly random: Stream;
  /** Milliseconds that an undisturbed bench takes. */
  readonly undisturbed: number;
}

/** What a fault shows by itself; what it did to the results is looked at afterwards. */
export interface Shown {
  readonly accepted?: readonly string[];
  readonly hung?: boolean;
}

/** A kind of fault. */
export interface Fault {
  readonly kind: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** A program that it needs. */
  readonly needs?: "strace";
  happen(stage: Stage): Promise<Shown>;
}

const chosen = <T>(random: Stream, among: readonly T[]): T => among[random.integer(among.length)];

const hung = async (session: Session): Promise<Shown> => ({ hung: !await session.ended() });

/** Starts a bench, and disturbs it at a moment that is drawn. */
const disturbed = (kind: string, weight: number, disturb: (session: Session) => Promise<void> | void): Fault => ({
  kind,
  weight,
  async happen({ scene, random, undisturbed }) {
    const session = scene.bench();
    await pause(undisturbed * random.uniform());
    await disturb(session);
    return await hung(session);
  },
});

/** What a system call may answer, or be the last of; of the calls by which files are written. */
const INJECTIONS: Readonly<Record<string, readonly string[]>> = {
  "system call": [
    "fdatasync:error=EIO",
    "fsync:error=EIO",
    "rename:error=EACCES",
    "unlink:error=EIO",
    "mkdir:error=EIO",
  ],
  "killed in a system call": ["fdatasync", "fsync", "rename", "unlink", "mkdir"].map((call) => `${call}:signal=KILL`),
  "full disk": ["fdatasync,write:error=ENOSPC", "fdatasync:error=ENOSPC", "write:error=EDQUOT"],
  "read-only": ["rename,mkdir,unlink:error=EROFS"],
};

/** Starts a bench some of whose system calls fail: one of them, each from one on, or each k-th. */
const injected = (kind: string, weight: number, lasting: readonly string[]): Fault => ({
  kind,
  weight,
  needs: "strace",
  async happen({ scene, random }) {
    const when = `${1 + random.integer(40)}${chosen(random, lasting)}`;
    const inject = `inject=${chosen(random, INJECTIONS[kind])}:when=${when}`;
    return await hung(scene.bench(["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", inject]));
  },
});

/** Damages one of the files that a bench has left. */
const damaged = (kind: string, weight: number): Fault => ({
  kind,
  weight,
  async happen({ scene, sealed, random }) {
    const own = random.uniform() < 1 / 2 ? [...scene.records, ...scene.checkpoints].sort() : [];
    if (own.length === 0) return { accepted: sealed.damage(chosen(random, SEALED_FOLDERS), kind, random) };
    return await Promise.resolve({
      accepted: scene.damage(chosen(random, own), (path) => damageFile(path, kind, random)),
    });
  },
});

const TEN_YEARS = 10 * 365 * 24 * 3600 * 1000;

/** Files that were written at any time, in the future too, as on machines whose clocks differ. */
const clocks: Fault = {
  kind: "clocks",
  weight: 4,
  async happen({ scene, random }) {
    for (const path of [...scene.records, ...scene.checkpoints].sort()) {
      const at = new Date(Date.now() + TEN_YEARS * (2 * random.uniform() - 1));
      Deno.utimeSync(path, at, at);
    }
    return await hung(scene.bench());
  },
};

const pair: Fault = {
  kind: "two benches",
  weight: 4,
  async happen({ scene, random, undisturbed }) {
    const first = scene.bench();
    await pause(undisturbed * random.uniform() / 2);
    const both = await Promise.all([first, scene.bench()].map(hung));
    return { hung: both.some((each) => each.hung) };
  },
};

/** Every kind of fault. */
export const FAULTS: readonly Fault[] = [
  disturbed("everything killed", 20, (session) => session.signalAll("KILL")),
  disturbed("bench killed", 12, (session) => session.signal("SIGKILL")),
  disturbed("SIGTERM", 5, (session) => session.signal("SIGTERM")),
  disturbed("Ctrl-C", 5, (session) => session.signalAll("INT")),
  disturbed("Ctrl-C twice", 3, async (session) => {
    session.signalAll("INT");
    await pause(100);
    session.signalAll("INT");
  }),
  injected("killed in a system call", 10, [""]),
  injected("system call", 10, ["", "+", "+3"]),
  injected("full disk", 8, ["", "+"]),
  injected("read-only", 4, ["+"]),
  pair,
  clocks,
  ...Object.keys(DAMAGES).map((kind) => damaged(kind, 8)),
];

/** Faults in the order in which they happen, each kind as often as its weight says. */
export function drawn(count: number, random: Stream, among: readonly Fault[]): Fault[] {
  const lots = among.flatMap((fault) => new Array<Fault>(fault.weight).fill(fault));
  return Array.from({ length: count }, () => chosen(random, lots));
}
