/** Kinds whose text says all there is to compare. */
const TEXTUAL: ReadonlySet<unknown> = new Set(
  [RegExp, URL, URLSearchParams, Intl.Locale].map((kind) => kind.prototype),
);

const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;
const sameNumber = (a: unknown, b: unknown) => a === b || Object.is(a, b);
const prototypeOf = (x: object) => Object.getPrototypeOf(x) ?? Object.prototype;
const isPlain = (x: object) => prototypeOf(x) === Object.prototype || prototypeOf(x) === Array.prototype;

/** Own keys of plain objects and arrays; those of the whole prototype chain, getters included, of anything else. */
function keysOf(x: object): PropertyKey[] {
  if (isPlain(x)) return Reflect.ownKeys({ ...x });
  const keys: PropertyKey[] = [];
  for (let o = x; o && o !== Object.prototype && o !== Array.prototype; o = Object.getPrototypeOf(o)) {
    keys.push(...Reflect.ownKeys(o));
  }
  return keys;
}

/**
 * Compares two values deeply: by structure and prototype, `NaN` equal to itself and `0` to `-0`.
 *
 * @param a The one value.
 * @param b The other.
 * @returns Whether they are equal.
 * @throws {TypeError} If it meets a pair of `WeakMap`s or `WeakSet`s, which cannot be looked into.
 */
export function equal(a: unknown, b: unknown): boolean {
  const seen = new Map<object, object>();

  const visit = (x: unknown, y: unknown): boolean => {
    if (sameNumber(x, y)) return true;
    if (!isObject(x) || !isObject(y)) return false;
    if (x instanceof Date && y instanceof Date) return Object.is(x.getTime(), y.getTime());
    if (prototypeOf(x) !== prototypeOf(y)) return false;
    if (ArrayBuffer.isView(x) && !(x instanceof DataView)) return elements(x as Uint8Array, y as Uint8Array);
    if (x instanceof ArrayBuffer || x instanceof SharedArrayBuffer) {
      return elements(new Uint8Array(x), new Uint8Array(y as ArrayBuffer));
    }
    if (x instanceof WeakMap || x instanceof WeakSet) {
      throw new TypeError(`Cannot compare ${x.constructor.name} instances`);
    }
    if (x instanceof WeakRef) return visit(x.deref(), (y as WeakRef<WeakKey>).deref());
    if (seen.get(x) === y) return true;
    seen.set(x, y);
    if (TEXTUAL.has(prototypeOf(x))) return String(x) === String(y);
    if (x instanceof Set) return members(x, y as Set<unknown>);
    if (x instanceof Map) return entries(x, y as Map<unknown, unknown>);
    return new Set([...keysOf(x), ...keysOf(y)]).values().every((key) =>
      key in x === key in y && visit(Reflect.get(x, key), Reflect.get(y, key))
    );
  };
  const elements = (x: Uint8Array, y: Uint8Array) => x.length === y.length && x.every((v, i) => sameNumber(v, y[i]));
  const members = (x: Set<unknown>, y: Set<unknown>) =>
    x.size === y.size && x.values().every((v) => y.has(v) || (isObject(v) && y.values().some((w) => visit(v, w))));
  const entries = (x: Map<unknown, unknown>, y: Map<unknown, unknown>) =>
    x.size === y.size &&
    x.entries().every(([k, v]) =>
      isObject(k) ? y.entries().some(([l, w]) => visit(k, l) && visit(v, w)) : y.has(k) && visit(v, y.get(k))
    );

  return visit(a, b);
}
