import { assertAlmostEquals } from "@std/assert";
import { logSignEvidence } from "../../src/stats/sign_process.ts";

const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
const binomial = (n: number, k: number) => factorial(n) / factorial(k) / factorial(n - k);

Deno.test("logSignEvidence() is log(2ⁿ·a!·b!/(n+1)!)", () => {
  for (const [a, b] of [[0, 0], [1, 0], [0, 5], [7, 3], [12, 12]]) {
    const exact = 2 ** (a + b) * factorial(a) * factorial(b) / factorial(a + b + 1);
    assertAlmostEquals(logSignEvidence(a, b), Math.log(exact), 1e-9);
  }
});

Deno.test("under a fair coin its expectation is 1 after any number of signs", () => {
  for (const n of [1, 2, 5, 20, 60]) {
    let mean = 0;
    for (let a = 0; a <= n; a++) mean += binomial(n, a) / 2 ** n * Math.exp(logSignEvidence(a, n - a));
    assertAlmostEquals(mean, 1, 1e-9);
  }
});

/** Probability that it reaches `x` within n fair signs: every path that has not got there, step by step. */
function everReached(x: number, n: number): number {
  let reached = 0;
  let alive = new Map([[0, 1]]);
  for (let step = 1; step <= n; step++) {
    const next = new Map<number, number>();
    for (const [a, share] of alive) {
      for (const to of [a, a + 1]) {
        if (logSignEvidence(to, step - to) >= Math.log(x)) reached += share / 2;
        else next.set(to, (next.get(to) ?? 0) + share / 2);
      }
    }
    alive = next;
  }
  return reached;
}

Deno.test("looked at after every sign of a thousand it reaches x with a probability of less than 1/x", () => {
  for (const x of [5, 20, 100]) {
    const probability = everReached(x, 1000);
    if (!(probability > 0.1 / x && probability < 1 / x)) throw new Error(`${probability} of ${1 / x}`);
  }
});
