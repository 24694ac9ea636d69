/** Reads one of the vectors of an independent float64 implementation; see test/golden/make_golden.py. */
// deno-lint-ignore no-explicit-any -- plain JSON, each test knows its file
export function golden(name: string): any {
  return JSON.parse(Deno.readTextFileSync(new URL(`../golden/${name}.json`, import.meta.url)));
}
