import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** What an expression may name: `github`, `env`, `needs`, … as plain values. */
export type Contexts = Readonly<Record<string, unknown>>;

/** What became of the steps so far, or of the jobs that one needs. */
export interface State {
  readonly failed: boolean;
  /** Digest of the files that a pattern finds, or `""`. */
  hashFiles(pattern: string): string;
}

const CHECKS = ["success", "failure", "always", "cancelled"] as const;
const MOST_PATTERNS = 255;

function functionsOf({ failed, hashFiles }: State) {
  const yes = (value: boolean) => () => new data.BooleanData(value);
  const calls = {
    success: yes(!failed),
    failure: yes(failed),
    always: yes(true),
    // Nothing is cancelled in a rehearsal.
    cancelled: yes(false),
    hashfiles: (...patterns: { coerceString(): string }[]) =>
      new data.StringData(patterns.map((pattern) => hashFiles(pattern.coerceString())).join("")),
  };
  return Object.entries(calls).map(([name, call]) => ({
    name,
    minArgs: name === "hashfiles" ? 1 : 0,
    maxArgs: name === "hashfiles" ? MOST_PATTERNS : 0,
    call,
  }));
}

/** The value of what stands between `${{` and `}}`, as GitHub's own library has it. */
function evaluated(expression: string, contexts: Contexts, state: State) {
  const functions = functionsOf(state);
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  // The reviver turns every value into the library's, objects too.
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, dictionary, new Map(functions.map((each) => [each.name, each]))).evaluate();
}

const MARKED = /\$\{\{(.*?)\}\}/gs;

/** A text with the values of its expressions in their places. */
export const filled = (text: string, contexts: Contexts, state: State): string =>
  text.replace(MARKED, (_, expression: string) => evaluated(expression, contexts, state).coerceString());

/** The same of every value of a mapping. */
export const filledAll = (
  texts: Readonly<Record<string, unknown>>,
  contexts: Contexts,
  state: State,
): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(String(text), contexts, state)]));

/** Whether a condition holds; one that asks for no state, or is not there, also asks that nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts, state: State): boolean {
  const bare = (condition ?? "success()").trim().replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const asksForState = CHECKS.some((name) => new RegExp(`\\b${name}\\s*\\(`, "i").test(bare));
  const value = evaluated(asksForState ? bare : `success() && (${bare})`, contexts, state);
  return !["", "false", "0"].includes(value.coerceString());
}
