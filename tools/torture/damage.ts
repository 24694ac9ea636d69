import type { Stream } from "../../src/data/stream.ts";

/** Something that happens to the bytes of a file on a bad disk, in a bad copy, or in an editor. */
type Damage = (bytes: Uint8Array<ArrayBuffer>, random: Stream) => Uint8Array<ArrayBuffer>;

const joined = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(parts.flatMap((part) => [...part]));

/** By the names that faults are counted under. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  flip: (bytes, random) => {
    const made = bytes.slice();
    for (let i = 0; i <= random.integer(3); i++) made[random.integer(made.length)] ^= 1 << random.integer(8);
    return made;
  },
  truncation: (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  "zeroed block": (bytes, random) => {
    const from = random.integer(bytes.length);
    return bytes.slice().fill(0, from, from + 1 + random.integer(512));
  },
  "lost block": (bytes, random) => {
    const from = random.integer(bytes.length);
    return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + random.integer(512)));
  },
  "doubled end": (bytes, random) => joined(bytes, bytes.subarray(random.integer(bytes.length))),
};

/** Damages a file in place: not in one step, and not through a temporary file, as our own writers do. */
export function damageFile(path: string, kind: string, random: Stream): void {
  Deno.writeFileSync(path, DAMAGES[kind](Deno.readFileSync(path), random));
}
