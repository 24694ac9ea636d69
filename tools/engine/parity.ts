import type { Contender, What } from "./subject.ts";

/**
 * Losses agree to this, relative: both sum a few thousand float32 terms, in different orders, and three steps of Adam
 * hardly amplify that (seen: 1e-5). A wrong gradient or optimiser shows as 1e-2 at the second step.
 */
const PARITY = 1e-4;
const PARITY_STEPS = 3;

/** The two contenders compute different things, so their times mean nothing. */
export class ParityError extends Error {
  override readonly name = "ParityError";
}

/**
 * Checks that two contenders compute the same: the loss of the training set at θ₀, and the losses of the first three
 * steps, of which the second and third depend on gradients and optimiser.
 *
 * @throws {ParityError}
 */
export async function checkParity(id: string, ours: Contender, theirs: Contender): Promise<void> {
  for (const what of ["evaluate", ...Array<What>(PARITY_STEPS).fill("step")] as const) {
    const [{ loss }, { loss: expected }] = [await ours.call(what), await theirs.call(what)];
    if (Math.abs(loss - expected) <= PARITY * Math.abs(expected)) continue;
    throw new ParityError(`${id}: ${what} gives loss ${loss}, the peer gives ${expected}; nothing was timed`);
  }
}
