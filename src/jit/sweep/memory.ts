import { type DType, sizeOf, type Value } from "../graph.ts";

/** Cache lines: arrays begin at one, so that no two share one. */
const ALIGNMENT = 64;
const PAGE = 65_536;

/** Name of the single numbers of a sweep, which lie from address 0 on. */
export const SLOTS = "slots";

/** What lies under a name. */
export type Region = Pick<Value, "shape" | "dtype">;

const VIEWS = { bool: Uint8Array, float32: Float32Array, int32: Int32Array } as const;
export type MemoryArray = InstanceType<typeof VIEWS[keyof typeof VIEWS]>;

const viewOf = (dtype: DType) => VIEWS[dtype as keyof typeof VIEWS];

/** Arrays side by side in one WebAssembly memory, which sweeps and ONNX Runtime read and write as it is. */
export class SweepMemory {
  readonly memory: WebAssembly.Memory;
  readonly slots: Float32Array;
  readonly #regions: ReadonlyMap<string, Region>;
  readonly #addresses = new Map<string, number>();

  /** @param slots how many single numbers there are */
  constructor(slots: number, regions: ReadonlyMap<string, Region>) {
    this.#regions = new Map([[SLOTS, { shape: [slots], dtype: "float32" }], ...regions]);
    let end = 0;
    for (const [name, { shape, dtype }] of this.#regions) {
      this.#addresses.set(name, end);
      const bytes = sizeOf(shape) * viewOf(dtype).BYTES_PER_ELEMENT;
      end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    }
    this.memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(end / PAGE)) });
    this.slots = this.view(SLOTS) as Float32Array;
  }

  address(name: string): number {
    return this.#addresses.get(name)!;
  }

  /** Elements of an array where they lie. */
  view(name: string, offset = 0, size?: number): MemoryArray {
    const { shape, dtype } = this.#regions.get(name)!;
    const View = viewOf(dtype);
    const from = this.address(name) + offset * View.BYTES_PER_ELEMENT;
    return new View(this.memory.buffer as ArrayBuffer, from, size ?? sizeOf(shape) - offset);
  }
}
