import { parse } from "yaml";

type Texts = Readonly<Record<string, string>>;

/** One step: a script, or an action. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Texts;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly env?: Texts;
  readonly outputs?: Texts;
  readonly steps: readonly Step[];
}

/** As much of a workflow as a rehearsal needs; what actionlint is there to see it does not check again. */
export interface Workflow {
  readonly on: { readonly workflow_dispatch?: { readonly inputs?: Readonly<Record<string, { default?: unknown }>> } };
  readonly env?: Texts;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowOf = (text: string): Workflow => parse(text);

export const needsOf = ({ needs = [] }: Job): readonly string[] => typeof needs === "string" ? [needs] : needs;

/** Every combination of a matrix; one without entries where there is none. */
export function combinationsOf({ strategy }: Job): Readonly<Record<string, string | number>>[] {
  return Object.entries(strategy?.matrix ?? {}).reduce<Record<string, string | number>[]>(
    (found, [name, values]) => found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}
