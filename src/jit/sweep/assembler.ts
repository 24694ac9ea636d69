/** Types of values in WebAssembly. */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** Whole numbers in LEB128, seven bits a byte. */
export function unsigned(n: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = n >>> 7;
    bytes.push((n & 0x7f) | (rest ? 0x80 : 0));
    n = rest;
  } while (n);
  return bytes;
}

function signed(n: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const [low, rest] = [n & 0x7f, n >> 7];
    const isLast = (rest === 0 && !(low & 0x40)) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(low | (isLast ? 0 : 0x80));
    if (isLast) return bytes;
    n = rest;
  }
}

/** Instructions without an immediate that sweeps use, and those of SIMD behind their prefix. */
const PLAIN = {
  "f32.demote_f64": 0xb6,
  "f32.max": 0x97,
  "f32.min": 0x96,
  "f64.add": 0xa0,
  "f64.div": 0xa3,
  "i32.add": 0x6a,
  "i32.lt_u": 0x49,
} as const;
const SIMD = {
  "f32x4.splat": 0x13,
  "f32x4.eq": 0x41,
  "f32x4.lt": 0x43,
  "f32x4.gt": 0x44,
  "f32x4.le": 0x45,
  "f32x4.ge": 0x46,
  "f32x4.abs": 0xe0,
  "f32x4.neg": 0xe1,
  "f32x4.sqrt": 0xe3,
  "f32x4.add": 0xe4,
  "f32x4.sub": 0xe5,
  "f32x4.mul": 0xe6,
  "f32x4.div": 0xe7,
  "f32x4.min": 0xe8,
  "f32x4.max": 0xe9,
  "f64x2.add": 0xf0,
  "f64x2.promote_low_f32x4": 0x5f,
  "v128.not": 0x4d,
  "v128.and": 0x4e,
  "v128.or": 0x50,
  "v128.bitselect": 0x52,
} as const;
export type Instruction = keyof typeof PLAIN | keyof typeof SIMD;

const floatBytes = (x: number): number[] => [...new Uint8Array(Float32Array.of(x).buffer)];
const doubleBytes = (x: number): number[] => [...new Uint8Array(Float64Array.of(x).buffer)];

/** The body of one function under construction: instructions as bytes, and its locals. */
export class Code {
  readonly #bytes: number[] = [];
  readonly #locals: number[] = [];

  /** @param parameters how many there are, all of them i32 */
  constructor(readonly parameters: number) {}

  local(type: number): number {
    this.#locals.push(type);
    return this.parameters + this.#locals.length - 1;
  }

  do(...instructions: Instruction[]): this {
    for (const name of instructions) {
      if (name in PLAIN) this.#bytes.push(PLAIN[name as keyof typeof PLAIN]);
      else this.#bytes.push(0xfd, ...unsigned(SIMD[name as keyof typeof SIMD]));
    }
    return this;
  }

  get(...locals: number[]): this {
    for (const local of locals) this.#bytes.push(0x20, ...unsigned(local));
    return this;
  }

  set(local: number): this {
    this.#bytes.push(0x21, ...unsigned(local));
    return this;
  }

  integer(n: number): this {
    this.#bytes.push(0x41, ...signed(n));
    return this;
  }

  double(x: number): this {
    this.#bytes.push(0x44, ...doubleBytes(x));
    return this;
  }

  /** A vector of four times the same float32. */
  splat(x: number): this {
    this.#bytes.push(0x43, ...floatBytes(x));
    return this.do("f32x4.splat");
  }

  /** A vector of lanes that are all ones before `count`, and zero from there on. */
  mask(count: number): this {
    const lanes = [0, 1, 2, 3].flatMap((lane) => Array(4).fill(lane < count ? 0xff : 0));
    this.#bytes.push(0xfd, 0x0c, ...lanes);
    return this;
  }

  /** Loads four float32 from the address on the stack; alignment is a hint alone. */
  load(): this {
    this.#bytes.push(0xfd, 0x00, 2, 0);
    return this;
  }

  /** Loads one float32 into all four lanes. */
  loadSplat(offset: number): this {
    this.#bytes.push(0xfd, 0x09, 2, ...unsigned(offset));
    return this;
  }

  store(): this {
    this.#bytes.push(0xfd, 0x0b, 2, 0);
    return this;
  }

  storeFloat(offset: number): this {
    this.#bytes.push(0x38, 2, ...unsigned(offset));
    return this;
  }

  /** The two high float32 lanes in place of the low ones. */
  high(): this {
    const lanes = Array.from({ length: 16 }, (_, i) => (i + 8) % 16);
    // Both operands of the shuffle are the same vector, which is on the stack twice.
    this.#bytes.push(0xfd, 0x0d, ...lanes);
    return this;
  }

  lane(kind: "f32x4" | "f64x2", lane: number): this {
    this.#bytes.push(0xfd, kind === "f32x4" ? 0x1f : 0x21, lane);
    return this;
  }

  /** Runs `body` at least once, and again as long as it leaves a number other than 0. */
  loop(body: () => void): this {
    this.#bytes.push(0x03, 0x40);
    body();
    this.#bytes.push(0x0d, 0, 0x0b);
    return this;
  }

  /** Size, locals and instructions, as the code section has them. */
  finish(): number[] {
    const locals = this.#locals.flatMap((type) => [1, type]);
    const body = [...unsigned(this.#locals.length), ...locals, ...this.#bytes, 0x0b];
    return [...unsigned(body.length), ...body];
  }
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const named = (name: string): number[] => [...unsigned(name.length), ...new TextEncoder().encode(name)];

/**
 * A module of functions that work on the memory `env.memory` and are exported as `0`, `1`, …
 *
 * Source: WebAssembly Core Specification, release 2.0, chapter 5 (binary format).
 */
export function assemble(functions: readonly Code[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vector(Array(parameters).fill([I32])), 0]);
  const memory = [...named("env"), ...named("memory"), 0x02, 0x00, 1];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((_, i) => [...named(`${i}`), 0x00, ...unsigned(i)]))),
    ...section(10, vector(functions.map((code) => code.finish()))),
  ]);
}
