import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { writeAtomically } from "../../src/files.ts";
import { integer, NOTHING } from "../../src/text.ts";
import type { Row } from "../engine/duel.ts";
import type { EngineParity } from "../engine/engine_parity.ts";
import type { Night, StepReport, Survey } from "../survey/survey.ts";

export const ENGINES = fileURLToPath(new URL("../../docs/engines.md", import.meta.url));
const SURVEYS = fileURLToPath(new URL("../../docs/engines", import.meta.url));

/** The surveys that the repository keeps, by the names of their files. */
export function keptSurveys(): Survey[] {
  const names = [...Deno.readDirSync(SURVEYS)].map(({ name }) => name).filter((name) => name.endsWith(".json")).sort();
  return names.map((name) => JSON.parse(Deno.readTextFileSync(join(SURVEYS, name))));
}

const ms = (value: number): string => value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0);
const error = (value: number | null): string => value === null ? NOTHING : value.toExponential(1);
const whoOf = ({ engine, lanes }: Row): string => lanes > 1 ? `\`${engine}\`, ${lanes} at once` : `\`${engine}\``;

/** A row for everybody that was timed on one case and call; peers after the engine that they ran beside. */
function timingTable(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, (row) => `${row.case} ${row.what} ${whoOf(row)}`);
  const lines = [...groups.values()].flatMap((own) => {
    const [row] = own;
    const spread = ([low, high]: readonly [number, number]) => `${ms(low)}–${ms(high)}`;
    const share = `${(100 * row.ofLimit).toFixed(0)} %`;
    const ours = [`\`${row.case}\``, row.what, whoOf(row), ms(row.medianMs), spread(row.quartilesMs), share, NOTHING];
    const theirs = own.filter(({ peer }) => peer !== null).map((row) => [
      "",
      "",
      row.peer!,
      ms(row.peerMedianMs!),
      spread(row.peerQuartilesMs!),
      NOTHING,
      row.ratio!.toFixed(2),
    ]);
    return [ours, ...theirs];
  });
  const head = ["case", "call", "who", "ms", "quartiles", "of the limit", "engine over it"];
  return markdownTable([head, ...lines], { align: ["l", "l", "l", "r", "r", "r", "r"] });
}

/** The largest errors of one engine, relative to float64. */
function worst({ engine, models, canaries }: EngineParity): string {
  const most = (values: readonly (number | null)[]) => error(Math.max(...values.map((value) => value ?? NaN)));
  const [loss, gradient] = [most(models.map(({ loss }) => loss)), most(models.map(({ gradient }) => gradient))];
  const passed = canaries.filter(({ verdict }) => verdict === "passed").length;
  return `\`${engine}\` is off by at most ${loss} in the losses of the golden models and ${gradient} in their gradients, ` +
    `${
      most(canaries.map(({ lossError }) => lossError))
    } in the losses of the first steps of cases, and passes ${passed} of ` +
    `${canaries.length} canaries`;
}

function nightTable(nights: readonly Night[]): string {
  const rows = nights.map(({ engine, runs, seconds, steps, verdict }) => [
    `\`${engine}\``,
    `${runs}`,
    integer(Math.round(seconds)),
    integer(Math.round(3600 * runs / seconds)),
    integer(Math.round(steps / seconds)),
    verdict,
  ]);
  const head = ["engine", "runs", "seconds", "runs an hour", "steps a second", "gate"];
  return markdownTable([head, ...rows], { align: ["l", "r", "r", "r", "r", "l"] });
}

const commandsOf = (steps: readonly StepReport[], name: string): string =>
  steps.filter((step) => step.name.startsWith(name)).map(({ command }) => `\`${command}\``).join(", ");

/** A machine, as a heading. */
function titleOf({ machine, date }: Survey): string {
  const what = machine ? [machine.gpu, machine.cpu, `${machine.cores} cores`].filter(Boolean).join(", ") : "A machine";
  return `### ${what} (${date.slice(0, 10)})`;
}

/** All that one survey has measured. */
export function surveyMarkdown(survey: Survey): string {
  const { machine, commit, parity, timings, nights, steps } = survey;
  const failed = steps.filter(({ failure }) => failure !== null);
  const parts = [
    titleOf(survey),
    `Commit \`${commit}\`${machine ? `, ${machine.memoryGiB} GiB, ${machine.os}, Deno ${machine.deno}` : ""}.`,
    ...(timings.length ? [commandsOf(steps, "timings") + ":", timingTable(timings)] : []),
    ...(nights.length ? [commandsOf(steps, "a night") + ":", nightTable(nights)] : []),
    ...(parity.length ? [`${commandsOf(steps, "parity")}: ${parity.map(worst).join("; ")}.`] : []),
    ...(failed.length
      ? [`Not measured: ${failed.map(({ name, failure }) => `${name} (${failure})`).join("; ")}.`]
      : []),
  ];
  return parts.join("\n\n");
}

/** The text between `<!-- surveys -->` and the next `<!-- end -->` is written here. */
const PLACE = /(<!-- surveys -->\n)[^]*?(\n<!-- end -->)/;

/** A text with the figures of the surveys as they should be. */
export const withSurveys = (text: string, surveys: readonly Survey[]): string =>
  text.replace(
    PLACE,
    (_, start: string, end: string) => `${start}\n${surveys.map(surveyMarkdown).join("\n\n")}\n${end}`,
  );

if (import.meta.main) writeAtomically(ENGINES, withSurveys(Deno.readTextFileSync(ENGINES), keptSurveys()));
