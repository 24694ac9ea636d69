/**
 * A data file that is missing, damaged or cannot be fetched. The message is one line that says what was attempted, what
 * was found and what to do, so that a command can print it as it is.
 */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The message of anything thrown, folded into one line. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.replace(/\s+/g, " ").trim();
}
