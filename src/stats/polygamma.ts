/** From here on the asymptotic series gives double precision. */
const LARGE = 12;

/**
 * ψ(x), the derivative of log Γ, for x > 0: recurrence upwards, then the asymptotic series.
 *
 * Source: Abramowitz & Stegun 1964, 6.3.5 and 6.3.18.
 */
export function digamma(x: number): number {
  let shift = 0;
  for (; x < LARGE; x++) shift -= 1 / x;
  const y = 1 / (x * x);
  const series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
  return shift + Math.log(x) - 1 / (2 * x) - series;
}

/** ψ′(x), the second derivative of log Γ, for x > 0. Source: Abramowitz & Stegun 1964, 6.4.6 and 6.4.12. */
export function trigamma(x: number): number {
  let shift = 0;
  for (; x < LARGE; x++) shift += 1 / (x * x);
  const y = 1 / (x * x);
  return shift + 1 / x + y / 2 + y / x * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * 5 / 66))));
}

/**
 * The x with ψ′(x) = y, for y > 0: Newton's method on 1/ψ′, which is convex and nearly linear, from below.
 *
 * Source: Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3:3, appendix.
 */
export function inverseTrigamma(y: number): number {
  // 1/ψ′(x) lies between x − 1/2 and x for x > 1; nearer to 0 ψ′ is 1/x².
  let x = y > 1e7 ? 1 / Math.sqrt(y) : 0.5 + 1 / y;
  for (let round = 0; round < 60; round++) {
    const here = trigamma(x);
    const slope = (trigamma(x * (1 + 1e-6)) - here) / (1e-6 * x);
    const step = here * (1 - here / y) / slope;
    x += step;
    if (Math.abs(step) < 1e-10 * x) break;
  }
  return x;
}
