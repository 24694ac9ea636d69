import fc from "fast-check";
import { sealed } from "../../src/run/record/seal.ts";

// deno-lint-ignore no-explicit-any -- documents are damaged without regard to their shape
type Any = any;

/** Where something stands in a document. */
type Path = readonly (string | number)[];

/** The places of everything in a document, but that of long lists only the ends are entered. */
function placesIn(node: Any, path: Path = []): Path[] {
  if (node === null || typeof node !== "object") return [path];
  const keys = Array.isArray(node) ? [0, node.length - 1].filter((i) => i in node) : Object.keys(node);
  return [path, ...keys.flatMap((key) => placesIn(node[key], [...path, key]))];
}

/** Words that mean something where they may end: to a shell, a page, a spreadsheet, a terminal, a log, a file system. */
export const WORDS = [
  "",
  "../../x",
  "/etc/passwd",
  "=cmd()",
  "+1",
  "-1",
  "@sum(1)",
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "]]><x>",
  "$(touch hacked)",
  "`touch hacked`",
  "'; touch hacked; '",
  "::error::x\n::error::y",
  "|a|b|",
  "a\u0000b",
  "\u001b[2J\u001b]0;x\u0007",
  "\u202Eevil",
  "\uD800",
  "__proto__",
  "constructor",
  "9".repeat(400),
  "x".repeat(2000),
  "2026-13-41T25:61:61Z",
  "NaN",
];

const number = fc.constantFrom(0, -0, -1, 0.5, 1, 2, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, 1e21);
const deep = fc.integer({ min: 1, max: 2000 }).map((depth) => {
  let made: Any = 0;
  for (let i = 0; i < depth; i++) made = i % 2 ? [made] : { a: made };
  return made;
});

const anything = fc.oneof(
  fc.constantFrom(...WORDS),
  number,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { length: 3 }),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Any>,
  deep,
);

/** Something of the kind that was there, so that a schema may let it pass. */
function alike(old: Any, word: string, other: number): Any {
  if (typeof old === "string") return word;
  if (typeof old === "number") return other;
  if (Array.isArray(old)) return other > 1 ? [...old, ...old] : old.slice(1);
  return old;
}

/** What is done to one place. */
const damage = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...WORDS), number).map(([word, n]) => ({ alike: [word, n] })) },
  { weight: 4, arbitrary: anything.map((value) => ({ value })) },
  { weight: 2, arbitrary: fc.constant({ remove: true }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...WORDS), anything).map((add) => ({ add })) },
) as fc.Arbitrary<Any>;

function damaged(document: Any, path: Path, how: Any): Any {
  const copy = structuredClone(document);
  if (path.length === 0) return "value" in how ? how.value : copy;
  const parent = path.slice(0, -1).reduce((at: Any, key) => at[key], copy);
  const key = path.at(-1)!;
  if (how.remove) {
    if (Array.isArray(parent)) parent.splice(key as number, 1);
    else delete parent[key];
  } else if (how.alike) parent[key] = alike(parent[key], how.alike[0], how.alike[1]);
  else if (how.add) Object.defineProperty(parent, how.add[0], { value: how.add[1], enumerable: true, writable: true });
  else parent[key] = how.value;
  return copy;
}

/** A sealed document with damages under a seal that fits, as somebody would make it who wants it to be believed. */
export function hostileVersionsOf(document: object): fc.Arbitrary<Any> {
  const { seal, ...open } = document as Any;
  const places = placesIn(open);
  const damages = fc.array(fc.tuple(fc.nat({ max: places.length - 1 }), damage), { minLength: 1, maxLength: 3 });
  return damages.map((list) => {
    const made = list.reduce((at: Any, [place, how]) => {
      try {
        return damaged(at, places[place], how);
      } catch {
        return at; // the place went with an earlier damage
      }
    }, open);
    return seal !== undefined && made !== null && typeof made === "object" && !Array.isArray(made)
      ? sealed(made)
      : made;
  });
}

/** Texts that may stand where a document is expected: damaged and sealed anew, cut, changed in one place, or anything. */
export function hostileTextsOf(document: object): fc.Arbitrary<string> {
  const text = JSON.stringify(document);
  const at = fc.nat({ max: text.length - 1 });
  return fc.oneof(
    { weight: 6, arbitrary: hostileVersionsOf(document).map((made) => JSON.stringify(made) ?? "") },
    { weight: 1, arbitrary: at.map((end) => text.slice(0, end)) },
    { weight: 2, arbitrary: fc.tuple(at, fc.string()).map(([i, s]) => text.slice(0, i) + s + text.slice(i + 1)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.nat({ max: 20_000 }).map((n) => "[".repeat(n)) },
  );
}
