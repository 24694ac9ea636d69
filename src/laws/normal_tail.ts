/*
 * Rational approximations of the error function, Cody 1969, Math. Comp. 23:631 (as in netlib's CALERF): full double
 * precision also far out in the tail, where a censored run far below its law needs it. simple-statistics tabulates the
 * normal distribution to four digits.
 */
const NEAR_P = [
  3.20937758913846947e3,
  3.77485237685302021e2,
  1.13864154151050156e2,
  3.16112374387056560,
  1.85777706184603153e-1,
];
const NEAR_Q = [2.84423683343917062e3, 1.28261652607737228e3, 2.44024637934444173e2, 2.36012909523441209e1, 1];
const MIDDLE_P = [
  1.23033935479799725e3,
  2.05107837782607147e3,
  1.71204761263407058e3,
  8.81952221241769090e2,
  2.98635138197400131e2,
  6.61191906371416295e1,
  8.88314979438837594,
  5.64188496988670089e-1,
  2.15311535474403846e-8,
];
const MIDDLE_Q = [
  1.23033935480374942e3,
  3.43936767414372164e3,
  4.36261909014324716e3,
  3.29079923573345963e3,
  1.62138957456669019e3,
  5.37181101862009858e2,
  1.17693950891312499e2,
  1.57449261107098347e1,
  1,
];
const FAR_P = [
  6.58749161529837803e-4,
  1.60837851487422766e-2,
  1.25781726111229246e-1,
  3.60344899949804439e-1,
  3.05326634961232344e-1,
  1.63153871373020978e-2,
];
const FAR_Q = [
  2.33520497626869185e-3,
  6.05183413124413191e-2,
  5.27905102951428412e-1,
  1.87295284992346725,
  2.56852019228982242,
  1,
];

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** Σ cᵢxⁱ. A plain loop: this is the innermost line of every fit. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

/** exp(x²)·erfc(x) for x ≥ 0: of the order of 1/x where erfc itself has long underflowed. */
function erfcx(x: number): number {
  if (x <= 0.46875) {
    const square = x * x;
    return Math.exp(square) * (1 - x * horner(NEAR_P, square) / horner(NEAR_Q, square));
  }
  if (x <= 4) return horner(MIDDLE_P, x) / horner(MIDDLE_Q, x);
  const inverse = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - inverse * horner(FAR_P, inverse) / horner(FAR_Q, inverse)) / x;
}

/** What is needed of P(ε > z), ε a standard normal. */
export interface UpperTail {
  /** log P(ε > z): what a run given up z standard deviations above its law adds to the log-likelihood. */
  readonly log: number;
  /** λ(z) = φ(z)/P(ε > z) = E(ε | ε > z), the hazard or inverse Mills ratio. */
  readonly hazard: number;
}

/** The upper tail of a standard normal beyond z, both numbers to about 1e-14 of their own size for every finite z. */
export function upperTail(z: number): UpperTail {
  const scaled = erfcx(Math.abs(z) / Math.SQRT2) / 2;
  if (z > 0) return { log: Math.log(scaled) - z * z / 2, hazard: 1 / (SQRT_2PI * scaled) };
  const density = Math.exp(-z * z / 2);
  const below = scaled * density;
  return { log: Math.log1p(-below), hazard: density / (SQRT_2PI * (1 - below)) };
}
