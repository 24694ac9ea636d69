import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Milestone, RunRecord, Status } from "../run/record/record.ts";
import { cellOf, methodText, problemText } from "../table/cell.ts";
import { duration, integer, NOTHING } from "../text.ts";
import { type Milestones, milestonesOf } from "./calls.ts";
import { commandOf } from "./command.ts";
import { scriptJson } from "./html.ts";
import { outcomeText, sustainedAt } from "./outcome.ts";

/** What the pages of single runs are handed: texts to be shown as they are, and what curves are drawn from. */
export interface ShownRun {
  readonly id: string;
  readonly problem: string;
  readonly method: string;
  readonly outcome: string;
  /** Name, epoch, gradient calls, time and condition of each milestone. */
  readonly milestones: readonly (readonly string[])[];
  readonly calls: Milestones;
  /** Share of the epochs after generalising that are above the threshold. */
  readonly steady: number | null;
  /** The command line that makes the run again; null where its case or algorithm is not known here. */
  readonly command: string | null;
  /** Names of the fields of the case and of the algorithm that are not as the case has them. */
  readonly set: readonly string[];
  /** Where it comes from. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly record: RunRecord;
}

type Place = Pick<Milestone, "epoch" | "gradientCalls">;

const milestone = (name: string, condition: string, at: Place | null, seconds: number | null): string[] => [
  name,
  at ? integer(at.epoch) : NOTHING,
  at ? integer(at.gradientCalls) : NOTHING,
  seconds === null ? NOTHING : duration(seconds),
  condition,
];

const ENDINGS: Readonly<Record<Status, string>> = {
  grokked: "trained on after generalising",
  censored: "the budget is spent",
  diverged: "the loss is no number any more",
};

function milestoneRows(record: RunRecord): string[][] {
  const { memorised, generalised, timing, epochs, gradientCalls, config } = record;
  const { memorisedAbove, generalisedAbove, extraEpochs } = config;
  const test = `test accuracy above ${generalisedAbove}`;
  return [
    milestone("memorised", `train accuracy above ${memorisedAbove}`, memorised, timing.secondsMemorised),
    milestone("generalised", test, generalised, timing.secondsGeneralised),
    milestone("sustained", `${test} for ${integer(extraEpochs)} epochs`, sustainedAt(record), null),
    milestone("end", ENDINGS[record.status], { epoch: epochs, gradientCalls }, timing.wallSeconds),
  ];
}

/** `a 1, b 2`. */
const listText = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values).map(([name, value]) => `${name} ${value}`).join(", ");

function factsOf(record: RunRecord): [string, string][] {
  const { provenance: { commit, dirty, cpu, device, os, deno, engineVersions, sources }, timing } = record;
  const revision = commit === null ? "not known" : commit + (dirty ? ", with changes that were not committed" : "");
  return [
    ["finished", `${timing.finishedAt.slice(0, 16).replace("T", " ")} UTC`],
    ["worked for", duration(timing.wallSeconds)],
    ["machine", [cpu, device, os].filter(Boolean).join(", ")],
    ["engine", `${record.engine}: ${listText({ ...engineVersions, Deno: deno })}`],
    ["parameters trained", integer(record.parameters)],
    ["commit", revision],
    ["measured besides", (record.probes ?? []).join(", ") || "nothing"],
    ["run", record.id],
    ["digest of curve and parameters", record.digest],
    ["fingerprint of what was trained", record.computation ?? "not kept"],
    ["hash of the code's files", sources ?? "not kept"],
  ];
}

/** What is shown of a record, of a case or an algorithm that the catalogue does not know as well. */
export function shownRun(catalogue: Catalogue, record: RunRecord): ShownRun {
  const cell = cellOf(catalogue, record);
  const isKnown = catalogue.cases.some(({ id }) => id === record.case) &&
    catalogue.algorithms.some(({ id }) => id === record.algorithm);
  return {
    id: record.id,
    problem: problemText(cell),
    method: methodText(cell),
    outcome: outcomeText(record),
    milestones: milestoneRows(record),
    calls: milestonesOf([record]),
    steady: record.steadiness?.shareAbove ?? null,
    command: isKnown ? commandOf(catalogue, record) : null,
    set: isKnown ? Object.keys({ ...cell.variant, ...cell.settings }) : [],
    facts: factsOf(record),
    record,
  };
}

/** Where the script of a run lies, seen from the pages that load it. */
export const runScriptPath = (id: string): string => `runs/${id}.js`;

/** A run as a script, because pages from a folder may not read other files. */
export const runScript = (catalogue: Catalogue, record: RunRecord): string =>
  `showRun(${scriptJson(shownRun(catalogue, record))});\n`;

/** In the place of a run that cannot be shown: why. */
export const refusalScript = (id: string, refused: string): string => `showRun(${scriptJson({ id, refused })});\n`;
