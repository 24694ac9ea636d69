import type { Table } from "../run/record/record.ts";
import type { RunFinished, RunUnderWay } from "./view.ts";

const isNumber = (x: unknown) => Number.isFinite(x);
const isNumberOrNull = (x: unknown) => x === null || isNumber(x);
const isText = (x: unknown) => typeof x === "string";
const isTextOrNull = (x: unknown) => x === null || isText(x);
const isTable = (table: Table) =>
  Object.values(table).every((column) => Array.isArray(column) && column.every(isNumberOrNull));

function require(holds: boolean): void {
  if (!holds) throw new TypeError("it holds something else than a run does");
}

/** What a checkpoint shows, if every part of it is of its kind: a checksum is no promise. @throws {TypeError} */
export function assertRunUnderWay(run: RunUnderWay): RunUnderWay {
  const { id, name, epoch, maxEpochs, phase, memorised, generalised, epochs, distances } = run;
  require([id, name.case, name.variant, name.algorithm, name.method].every(isText) && isNumber(name.seed));
  require([maxEpochs, memorised, generalised].every(isNumberOrNull) && isNumber(epoch) && isTextOrNull(phase));
  require(isTable(epochs) && (distances === null || isTable(distances)));
  return run;
}

/** The same of what a record shows. @throws {TypeError} */
export function assertRunFinished(run: RunFinished): RunFinished {
  const { memorised, generalised, finishedAt, seed } = run;
  require([run.id, run.case, run.variant, run.algorithm, run.method, run.status].every(isText));
  require([memorised, generalised].every(isNumberOrNull) && isNumber(seed) && isNumber(finishedAt));
  return run;
}
