import { markdownTable } from "markdown-table";
import { TUNED_BASELINE } from "../declare/baseline.ts";
import { integer, NOTHING, ratioWithInterval, seeds as seedsText } from "../text.ts";
import { BUDGET_OF_A_SEARCH } from "../tune/plan.ts";
import { score } from "../tune/search.ts";
import { type Entered, type EnteredOn, type Placed, ranked, type Verdict, verdictOf } from "./entered.ts";
import type { Exporter } from "./exporter.ts";
import { medianCallsText, over } from "./fresh_seeds.ts";
import { settingText } from "./search_markdown.ts";

const code = (text: string): string => `\`${text}\``;

function introduction({ algorithm, budget, tuningSeeds, seeds, engine }: Entered): string {
  const { id, summary, source, control, controlReason } = algorithm;
  const against = control === null ? "It has no control" : `Its control is ${code(control)}`;
  const equal = budget === BUDGET_OF_A_SEARCH
    ? "as many as every method has had"
    : `where every other method has had ${BUDGET_OF_A_SEARCH}, so that this page is no equal comparison`;
  return [
    `# ${id}`,
    `${summary} (${source}). ${against}: ${controlReason}.`,
    `Its constants are the best of ${budget} runs a problem at most on seeds ${seedsText(tuningSeeds)}, ${equal} ` +
    "(docs/tuning.md).",
    `They were measured on seeds ${seedsText(seeds)}, engine ${engine}: gradient calls to generalise, the median ` +
    "and how many seeds generalised. Ratios are paired by seed, in brackets the interval of their median.",
  ].join("\n\n");
}

/** One row a problem: what was found, and what it is worth. */
function summaryTable({ problems }: Entered): string {
  const rows = problems.map(({ problem, search, own, control, known }) => {
    const tuned = known.find(({ cell }) => cell.algorithm === TUNED_BASELINE);
    return [
      code(problem.case),
      search.best ? settingText(search.best.constants) : "nothing: its own constants",
      medianCallsText(own),
      tuned ? ratioWithInterval(over(tuned.records, own)) : NOTHING,
      control ? ratioWithInterval(over(control, own)) : NOTHING,
    ];
  });
  const head = ["problem", "found", "gradient calls", `over ${code(TUNED_BASELINE)}`, "over its control"];
  return markdownTable([head, ...rows], { align: ["l", "l", "r", "r", "r"] });
}

/** How a neighbour stands to the method, by what their paired comparison says. */
function neighbourText(place: string, { name, over }: Placed): string {
  const said: Record<Verdict, string> = {
    faster: "the interval of the ratio leaves 1 out, and the method is faster",
    slower: "the interval of the ratio leaves 1 out, and the method is slower",
    tie: "they tie, the seeds do not tell them apart",
    "too few seeds": "too few seeds in common to say more than that",
  };
  return `${place} it stands ${code(name)}: ${said[verdictOf(over)]}.`;
}

function rankText(name: string, places: readonly Placed[], beside: string): string {
  const at = places.findIndex(({ isOwn }) => isOwn);
  const [before, after] = [places[at - 1], places[at + 1]];
  if (!before && !after) {
    return `Nobody to stand beside: ${beside} has no records of a tuned method here on these seeds.`;
  }
  return [
    `${code(name)} would stand at place ${at + 1} of ${places.length}.`,
    ...(before ? [neighbourText("Before", before)] : []),
    ...(after ? [neighbourText("After", after)] : []),
  ].join("\n");
}

function controlText({ control: name }: Entered["algorithm"], { own, control }: EnteredOn): string {
  if (name === null || control === null) return "It has no control, so nothing can be attributed to its trick.";
  const found = over(control, own);
  const said: Record<Verdict, string> = {
    faster: "its trick is worth something here",
    slower: "its trick costs something here",
    tie: "nothing is shown of what its trick is worth",
    "too few seeds": "nothing is shown of what its trick is worth, for the seeds are too few",
  };
  const calls = `${medianCallsText(own)} gradient calls beside ${medianCallsText(control)}`;
  return `Over its control ${code(name)}, with the constants that both have: ${
    ratioWithInterval(found)
  }, ${calls}. So ` +
    `${said[verdictOf(found)]}.`;
}

function rankTable(name: string, places: readonly Placed[]): string {
  const rows = places.map(({ name, settings, records, over, isOwn }, i) => {
    const texts = [String(i + 1), code(name), settingText(settings), medianCallsText(records)];
    return isOwn
      ? [...texts.map((text) => `**${text}**`), "", ""]
      : [...texts, ratioWithInterval(over), verdictOf(over)];
  });
  const head = ["place", "method", "constants", "gradient calls", `${code(name)} over it`, "so it is"];
  return markdownTable([head, ...rows], { align: ["r", "l", "l", "r", "r", "l"] });
}

function problemSection({ algorithm, beside, tuningSeeds }: Entered, one: EnteredOn): string {
  const { problem, search: { settings, best } } = one;
  const places = ranked(algorithm, one);
  const generalised = settings.filter((setting) => score(setting, tuningSeeds) < Infinity).length;
  const searched = `${generalised} of ${settings.length} settings generalised with every seed of the search`;
  return [
    `## ${problem.case}`,
    `${searched}; ${best ? `best: ${settingText(best.constants)}` : "what follows is at its own constants"}.`,
    rankTable(algorithm.id, places),
    rankText(algorithm.id, places, beside),
    controlText(algorithm, one),
  ].join("\n\n");
}

/** The lines of the search for `bench/profiles/searches.ts`. */
const searchLines = ({ algorithm, problems, tuningSeeds: [first] }: Entered): string[] =>
  problems.map(({ problem, search: { settings, best } }) => {
    const goneOn = [...settings.keys()].filter((i) =>
      settings[i].records.some(({ seed, generalised }) => seed === first && generalised)
    );
    const kept = JSON.stringify({ [algorithm.id]: { found: best?.constants ?? null, goneOn } });
    return `#   ${problem.case}: ${kept}`;
  });

function intoTheTree(entered: Entered): string {
  const { algorithm: { id }, file, problems } = entered;
  const name = id.replaceAll("-", "_");
  const cases = problems.map(({ problem }) => problem.case).join(",");
  const reason = `--reason "${id}"`;
  return [
    "## Into the tree",
    "",
    'A pull request has these, and what docs/guide.md says of them under "Into the tree":',
    "",
    "```sh",
    `cp ${file} bench/algorithms/${name}.ts`,
    "# imports become relative paths; a line in bench/algorithms/mod.ts, one in SEARCHED of bench/profiles/searches.ts,",
    "# and in SEARCHES there",
    ...searchLines(entered),
    `# the oracle, from the paper: bench/peers/oracles/${name}.py`,
    `PEER_PYTHON=python3 deno task canary:reference tiny-div -a ${id}`,
    `deno task canary -c tiny-div -a ${id}`,
    "# from a clean commit",
    ...["tune", "tuned"].flatMap((profile) => [
      `deno task bench -p ${profile} -c ${cases} -a ${id}`,
      `deno task bless -p ${profile} -c ${cases} ${reason}`,
    ]),
    "```",
  ].join("\n");
}

function costText({ records }: Entered): string {
  const seconds = records.reduce((sum, { timing }) => sum + timing.wallSeconds, 0);
  return `${records.length} runs, ${integer(seconds)} seconds of training.`;
}

/** From somebody's own method to one page: what was found for it, where it would rank, and what its control says. */
export const enteredMarkdown = (entered: Entered): string =>
  [
    introduction(entered),
    summaryTable(entered),
    ...entered.problems.map((one) => problemSection(entered, one)),
    intoTheTree(entered),
    costText(entered),
  ].join("\n\n") + "\n";

export const enteredExporter: Exporter<Entered> = {
  flag: "export-markdown",
  help: "write the page as it is printed",
  render: enteredMarkdown,
};
