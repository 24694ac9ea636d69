import { markdownTable } from "markdown-table";
import { type Values, valuesText } from "../declare/field.ts";
import { score, type Search, type Setting } from "../tune/search.ts";
import { integer, NOTHING } from "../text.ts";

/** A setting as `bench --set` takes it, `learningRate=0.003 weightDecay=1`. */
export const settingText = (constants: Values): string =>
  Object.keys(constants).length ? valuesText(constants) : "its own constants";

/** Gradient calls to generalise, seeds beside each other; – where a run was given up, or is missing. */
export const callsText = ({ records }: Setting, seeds: readonly number[]): string =>
  seeds.map((seed) => {
    const generalised = records.find((record) => record.seed === seed)?.generalised;
    return generalised ? integer(generalised.gradientCalls) : NOTHING;
  }).join(" / ");

/** Every setting of a search, best first; what generalised with no more than some seeds stands below in the order tried. */
export function searchMarkdown({ settings }: Search, seeds: readonly number[]): string {
  const ranked = settings.toSorted((a, b) => {
    const [own, other] = [score(a, seeds), score(b, seeds)];
    return own === other ? 0 : own - other;
  });
  const rows = ranked.map((setting) => {
    const mean = score(setting, seeds);
    const text = mean === Infinity ? NOTHING : integer(mean);
    return [settingText(setting.constants), callsText(setting, seeds), text];
  });
  const head = ["setting", `gradient calls, seeds ${seeds.join(" / ")}`, "geometric mean"];
  return markdownTable([head, ...rows], { align: ["l", "r", "r"] });
}
