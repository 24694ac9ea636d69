/**
 * A data file that is missing, damaged or cannot be fetched. The message is one line that says what was attempted, what
 * was found and what to do, so that a command can print it as it is.
 */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The message of anything thrown, folded into one line, with that of its cause where it says more ("fetch failed"). */
export function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return fold(String(error));
  const message = fold(error.message || error.name);
  const cause = error.cause === undefined ? "" : oneLine(error.cause);
  return message.includes(cause) ? message : `${message} (${cause})`;
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
