import type { Node, Value } from "../graph.ts";
import { inputName, outputName } from "../onnx.ts";
import { isConstant, isReduction, isScalar, operandsOf, type Sweep, sweepInput } from "./divide.ts";

/** A vector in memory, by name: an input, what the front gives, an output, or room in between. */
export type Place = string;

/** One pass over vectors of one length. */
export interface Loop {
  readonly size: number;
  /** Computed for each element, in this order. */
  readonly nodes: readonly Node[];
  readonly reductions: readonly Node[];
  /** All reads of an element come before all writes of it, so that a place may be read and written. */
  readonly reads: readonly (readonly [Value, Place])[];
  readonly writes: readonly (readonly [Value, Place])[];
}

/** Arithmetic of single numbers, and then the loops that need it. */
export interface Stage {
  readonly scalars: readonly Node[];
  readonly loops: readonly Loop[];
}

/** A sweep as it is carried out. */
export interface Plan {
  readonly stages: readonly Stage[];
  /** Single numbers that are read or made, each with its index. */
  readonly slots: ReadonlyMap<Value, number>;
  /** Length of each vector. */
  readonly places: ReadonlyMap<Place, number>;
  /** Leaves of the state whose next value is written beside the old one, at `next/…`, for that is read later. */
  readonly doubled: readonly string[];
}

export const nextName = (name: string): Place => `next/${name}`;

const isVector = (value: Value): boolean => !isScalar(value) && !isConstant(value);
const placeGiven = (value: Value): Place => value.input !== undefined ? inputName(value.input) : sweepInput(value);

/** What follows from the order of a sweep alone. */
class Order {
  readonly #depths = new Map<Value, number>();
  readonly #made: ReadonlySet<Node>;

  constructor(readonly sweep: Sweep) {
    this.#made = new Set(sweep.nodes);
    for (const node of sweep.nodes) {
      const depth = this.stageOf(node);
      this.#depths.set(node.outputs[0], isReduction(node) ? depth + 1 : depth);
    }
  }

  /** Whether a value is made by the sweep. */
  isMade(value: Value): boolean {
    return value.producer !== undefined && this.#made.has(value.producer);
  }

  /** How many reductions have to be over, one after another, before a value can be known. */
  depth(value: Value): number {
    return this.#depths.get(value) ?? 0;
  }

  /** The stage in which a node can be computed first. */
  stageOf(node: Node): number {
    return Math.max(0, ...operandsOf(node).map((value) => this.depth(value)));
  }

  get stages(): number {
    return 1 + Math.max(0, ...this.#depths.values());
  }

  /** What a stage has to leave behind: sums, outputs and values that later stages load. */
  roots(stage: number, kept: ReadonlySet<Value>): Value[] {
    const reductions = this.sweep.nodes.filter((node) => isReduction(node) && this.stageOf(node) === stage);
    const outputs = this.sweep.outputs.map(({ value }) => value).filter(isVector);
    const ofStage = [...outputs, ...kept].filter((value) => this.depth(value) === stage);
    return [...reductions.flatMap(operandsOf), ...ofStage];
  }

  /**
   * Vectors that a stage needs for its roots: those that it computes, and those at which it stops because they are there.
   */
  needs(stage: number, roots: readonly Value[], isThere: (value: Value) => boolean) {
    const [computed, loaded] = [new Set<Value>(), new Set<Value>()];
    const pending = [...roots];
    for (let value = pending.pop(); value; value = pending.pop()) {
      if (!isVector(value) || computed.has(value)) continue;
      if (!this.isMade(value) || (this.depth(value) < stage && isThere(value))) {
        loaded.add(value);
        continue;
      }
      computed.add(value);
      pending.push(...operandsOf(value.producer!));
    }
    return { computed, loaded };
  }
}

/**
 * The values of earlier stages that later ones load. What can be computed again from two others that are loaded anyway is
 * not among them: memory is what a sweep waits for.
 */
function keptOf(order: Order): Set<Value> {
  const kept = new Set<Value>();
  for (let stage = order.stages - 1; stage > 0; stage--) {
    const { loaded } = order.needs(stage, order.roots(stage, kept), () => true);
    const earlier = new Set([...loaded].filter((value) => order.isMade(value)));
    const isLoaded = (value: Value) => !isVector(value) || earlier.has(value) || kept.has(value);
    for (const value of earlier) if (!operandsOf(value.producer!).every(isLoaded)) kept.add(value);
  }
  return kept;
}

/** A place, and the stages from which and up to which nothing else needs it. */
interface Room {
  readonly place: Place;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Vectors in memory: which value is where, and until which stage. */
class Places {
  readonly sizes = new Map<Place, number>();
  readonly doubled: string[] = [];
  readonly #of = new Map<Value, Place>();
  readonly #writes = new Map<Value, Place[]>();
  readonly #order: Order;
  readonly #lastRead: ReadonlyMap<Value, number>;

  constructor(order: Order, state: readonly string[], kept: ReadonlySet<Value>, lastRead: ReadonlyMap<Value, number>) {
    this.#order = order;
    this.#lastRead = lastRead;
    for (const value of lastRead.keys()) if (!order.isMade(value)) this.#put(value, placeGiven(value));
    const free = this.#deliver(state);
    for (const value of kept) if (!this.#of.has(value)) this.#keep(value, free);
  }

  of(value: Value): Place {
    return this.#of.get(value)!;
  }

  writesOf(value: Value): readonly Place[] {
    return this.#writes.get(value) ?? [];
  }

  #put(value: Value, place: Place): void {
    this.sizes.set(place, value.shape[0]);
    this.#of.set(value, this.#of.get(value) ?? place);
  }

  #write(value: Value, place: Place): void {
    this.#put(value, place);
    this.#writes.set(value, [...this.writesOf(value), place]);
  }

  /** Gives outputs their places. What they leave free, with the stages between which it is. */
  #deliver(state: readonly string[]): Room[] {
    const given = [...this.#of].map(([value, place]) => ({ place, size: value.shape[0], from: this.#read(value) }));
    const room = new Map(given.map((one) => [one.place, { ...one, to: Infinity }]));
    for (const { name, value } of this.#order.sweep.outputs.filter((output) => isVector(output.value))) {
      if (!state.includes(name)) {
        this.#write(value, outputName(name));
        continue;
      }
      const [old, to] = [room.get(inputName(name)), this.#order.depth(value)];
      const isInPlace = !old || old.from <= to;
      if (!isInPlace) this.doubled.push(name);
      this.#write(value, isInPlace ? inputName(name) : nextName(name));
      if (old) room.set(old.place, { ...old, to: isInPlace ? to : -1 });
    }
    // An input that is not renewed here has to stay as it is.
    const isFree = ({ place, to }: Room) => !place.startsWith(inputName("")) || to < Infinity;
    return [...room.values()].filter(isFree);
  }

  /** Room for a value that later stages load: where nothing else is meanwhile, or more. */
  #keep(value: Value, free: Room[]): void {
    const [size, depth, until] = [value.shape[0], this.#order.depth(value), this.#read(value)];
    const found = free.findIndex((room) =>
      room.size === size && room.from <= depth && until <= room.to && depth < room.to
    );
    const [room] = found < 0 ? [] : free.splice(found, 1);
    this.#write(value, room?.place ?? `room/${this.sizes.size}`);
  }

  #read = (value: Value): number => this.#lastRead.get(value) ?? -1;
}

/** An index for every single number that is read or made. */
function slotsOf({ nodes, outputs }: Sweep): Map<Value, number> {
  const numbers = [...nodes.flatMap((node) => [...operandsOf(node), ...node.outputs]), ...outputs.map((o) => o.value)];
  return new Map([...new Set(numbers.filter(isScalar))].map((value, i) => [value, i]));
}

/**
 * Arranges a sweep into as few passes over memory as its reductions allow.
 *
 * @param state names of the inputs that are state
 */
export function planOf(sweep: Sweep, state: readonly string[]): Plan {
  const order = new Order(sweep);
  const kept = keptOf(order);
  const stages = Array.from({ length: order.stages }, (_, stage) => {
    const roots = order.roots(stage, kept);
    return { stage, roots, ...order.needs(stage, roots, (value) => kept.has(value)) };
  });
  const lastRead = new Map(stages.flatMap(({ stage, loaded }) => [...loaded].map((value) => [value, stage] as const)));
  const places = new Places(order, state, kept, lastRead);

  const loopOf = (size: number, { stage, roots, computed, loaded }: typeof stages[number]): Loop => {
    const ofSize = (value: Value) => isVector(value) && value.shape[0] === size;
    const written = [...new Set(roots)].filter((value) => ofSize(value) && order.depth(value) === stage);
    return {
      size,
      nodes: sweep.nodes.filter(({ outputs: [value] }) => ofSize(value) && computed.has(value)),
      reductions: sweep.nodes.filter((n) => isReduction(n) && order.stageOf(n) === stage && ofSize(n.inputs[0]!)),
      reads: [...loaded].filter(ofSize).map((value) => [value, places.of(value)]),
      writes: written.flatMap((value) => places.writesOf(value).map((place) => [value, place] as const)),
    };
  };
  return {
    stages: stages.map((each) => {
      const sizes = new Set([...each.computed, ...each.loaded].map(({ shape }) => shape[0]));
      const isDue = (node: Node) =>
        isScalar(node.outputs[0]) && !isReduction(node) && order.stageOf(node) === each.stage;
      return { scalars: sweep.nodes.filter(isDue), loops: [...sizes].map((size) => loopOf(size, each)) };
    }),
    slots: slotsOf(sweep),
    places: places.sizes,
    doubled: places.doubled,
  };
}
