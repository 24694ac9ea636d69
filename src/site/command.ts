import { basename } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { completed } from "../declare/field.ts";
import { casesOf } from "../declare/profile.ts";
import { find } from "../errors.ts";
import { BUDGET } from "../problem/case.ts";
import type { RunRecord } from "../run/record/record.ts";
import { cellOf } from "../table/cell.ts";

/** Fields that the default profile sets for a case: a command has to name them to have others. */
const presetOf = ({ profiles, defaultProfile }: Catalogue, id: string): Set<string> => {
  const { entries } = find("profile", profiles, defaultProfile);
  return new Set(
    entries.filter((entry) => casesOf(entry).includes(id)).flatMap(({ overrides = {} }) => Object.keys(overrides)),
  );
};

/** How a case or an algorithm is named on the command line: one of somebody's own by its file. */
function nameOf({ plugins }: Catalogue, kind: "cases" | "algorithms", id: string): string {
  const plugin = plugins.find((each) => each[kind].includes(id));
  return plugin ? `./${basename(new URL(plugin.url).pathname)}` : id;
}

/** The command line that makes a run again. */
export function commandOf(catalogue: Catalogue, record: RunRecord): string {
  const { case: id, config, algorithm, seed, engine } = record;
  const { variant, settings } = cellOf(catalogue, record);
  const preset = presetOf(catalogue, id);
  const { fields } = find("case", catalogue.cases, id);
  const quoted = (set: string) => /[^\w.=-]/.test(set) ? `'${set.replaceAll("'", `'\\''`)}'` : set;
  // A record from before a field came is silent about it; a preset of the profile would not be.
  const named = Object.entries(completed(fields, config)).filter(([name, value]) =>
    name in variant || preset.has(name) || (name === BUDGET && value !== fields.maxEpochs.value)
  );
  const sets = [...named, ...Object.entries(settings)]
    .map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`);
  const other = engine === "onnx" ? [] : [`-e ${engine}`];
  const [theCase, method] = [nameOf(catalogue, "cases", id), nameOf(catalogue, "algorithms", algorithm)];
  return ["deno task bench", `-c ${theCase}`, `-a ${method}`, `-s ${seed}`, ...sets, ...other].join(" ");
}
