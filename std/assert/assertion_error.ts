/**
 * What every failed assertion throws.
 *
 * @example
 * ```ts
 * import { assertEquals, AssertionError } from "@std/assert";
 *
 * assertEquals(new AssertionError("too late").name, "AssertionError");
 * ```
 */
export class AssertionError extends Error {
  /**
   * @param message What was expected and what was found.
   * @param options The cause, if any.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}
