import type { Node, Value } from "../graph.ts";
import { Code, F64, I32, V128 } from "./assembler.ts";
import { isConstant, isScalar, operandsOf } from "./divide.ts";
import { LANE_OPERATORS } from "./lanes.ts";
import type { Loop, Place } from "./plan.ts";

/** Bytes of four float32. */
const STRIDE = 16;
const LANES = 4;

/** How a reduction begins, takes four elements, and ends. */
interface Fold {
  /** Element that changes nothing. */
  readonly neutral: number;
  begin(code: Code): void;
  /** Takes the vector in a local. */
  take(code: Code, x: number): void;
  /** Leaves the float32 result on the stack. */
  end(code: Code): void;
}

/** Sums in float64: four of them side by side, each in the order of its elements, added two by two at the end. */
function sum(code: Code, divisor: number): Fold {
  const [low, high] = [code.local(V128), code.local(V128)];
  const total = code.local(F64);
  return {
    neutral: 0,
    begin: () => {
      for (const part of [low, high]) code.splat(0).set(part);
    },
    take: (_, x) => {
      code.get(low, x).do("f64x2.promote_low_f32x4", "f64x2.add").set(low);
      code.get(high, x, x).high().do("f64x2.promote_low_f32x4", "f64x2.add").set(high);
    },
    end: () => {
      code.get(low, high).do("f64x2.add").set(low);
      code.get(low).lane("f64x2", 0).get(low).lane("f64x2", 1).do("f64.add").set(total);
      code.get(total).double(divisor).do("f64.div", "f32.demote_f64");
    },
  };
}

function extreme(code: Code, kind: "max" | "min"): Fold {
  const best = code.local(V128);
  const neutral = kind === "max" ? -Infinity : Infinity;
  return {
    neutral,
    begin: () => code.splat(neutral).set(best),
    take: (_, x) => code.get(best, x).do(`f32x4.${kind}`).set(best),
    end: () => {
      code.get(best).lane("f32x4", 0);
      for (const lane of [1, 2, 3]) code.get(best).lane("f32x4", lane).do(`f32.${kind}`);
    },
  };
}

function foldOf({ op }: Node, code: Code, size: number): Fold {
  if (op === "ReduceSum") return sum(code, 1);
  if (op === "ReduceMean") return sum(code, size);
  return extreme(code, op === "ReduceMax" ? "max" : "min");
}

/** The places of a loop, in the order in which its function takes their addresses. */
export const placesOf = ({ reads, writes }: Loop): readonly Place[] => [
  ...new Set([...reads, ...writes].map(([, place]) => place)),
];

/** The code of one loop. */
class LoopCode {
  readonly #loop: Loop;
  readonly #slots: ReadonlyMap<Value, number>;
  readonly #places: readonly Place[];
  readonly #code: Code;
  readonly #at: number;
  readonly #locals = new Map<Value, number>();

  constructor(loop: Loop, slots: ReadonlyMap<Value, number>) {
    this.#loop = loop;
    this.#slots = slots;
    this.#places = placesOf(loop);
    this.#code = new Code(this.#places.length);
    this.#at = this.#code.local(I32);
  }

  build(): Code {
    const { size, nodes, reductions, reads } = this.#loop;
    const code = this.#code;
    const operands = [...nodes.flatMap(operandsOf), ...reductions.flatMap(operandsOf)];
    for (const value of new Set(operands)) if (isConstant(value) || isScalar(value)) this.#spread(value);
    for (const value of [...reads.map(([read]) => read), ...nodes.map(({ outputs: [made] }) => made)]) {
      this.#locals.set(value, code.local(V128));
    }
    const folds = reductions.map((node) => foldOf(node, code, size));
    for (const fold of folds) fold.begin(code);
    const whole = size - size % LANES;
    if (whole > 0) {
      code.loop(() => {
        this.#body(folds, LANES);
        code.get(this.#at).integer(STRIDE).do("i32.add").set(this.#at);
        code.get(this.#at).integer(4 * whole).do("i32.lt_u");
      });
    }
    if (whole < size) this.#body(folds, size - whole);
    folds.forEach((fold, i) => {
      code.integer(0);
      fold.end(code);
      code.storeFloat(4 * this.#slots.get(reductions[i].outputs[0])!);
    });
    return code;
  }

  /** One number in all lanes, before the loop begins. */
  #spread(value: Value): void {
    const code = this.#code;
    const local = code.local(V128);
    const literal = value.fill ?? value.data?.[0];
    if (value.dtype === "bool" && literal !== undefined) code.mask(literal ? LANES : 0);
    else if (literal !== undefined) code.splat(literal);
    else code.integer(0).loadSplat(4 * this.#slots.get(value)!);
    // Kept as 0 or 1, worked with as a mask.
    if (value.dtype === "bool" && literal === undefined) code.splat(0).do("f32x4.eq", "v128.not");
    code.set(local);
    this.#locals.set(value, local);
  }

  #address(place: Place): Code {
    return this.#code.get(this.#places.indexOf(place), this.#at).do("i32.add");
  }

  /** Four elements, of which the first `count` are there; beyond them is room that nobody reads. */
  #body(folds: readonly Fold[], count: number): void {
    const { nodes, reductions, reads, writes } = this.#loop;
    const code = this.#code;
    const local = (value: Value) => this.#locals.get(value)!;
    for (const [value, place] of reads) this.#address(place).load().set(local(value));
    for (const node of nodes) {
      LANE_OPERATORS.get(node.op)!(code, ...operandsOf(node).map(local));
      code.set(local(node.outputs[0]));
    }
    reductions.forEach((node, i) => {
      const x = local(operandsOf(node)[0]);
      if (count === LANES) return folds[i].take(code, x);
      const masked = code.local(V128);
      code.get(x).splat(folds[i].neutral).mask(count).do("v128.bitselect").set(masked);
      folds[i].take(code, masked);
    });
    for (const [value, place] of writes) {
      this.#address(place);
      code.get(local(value)).store();
    }
  }
}

/**
 * A function that carries out a loop: it takes the addresses of the loop's places, and finds single numbers at the slots
 * from address 0 on.
 */
export const loopCode = (loop: Loop, slots: ReadonlyMap<Value, number>): Code => new LoopCode(loop, slots).build();
