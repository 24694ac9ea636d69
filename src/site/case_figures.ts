import { BASELINE } from "../declare/baseline.ts";
import { answerOf } from "../report/answer.ts";
import { LEAST_SEEDS } from "../report/leaderboard.ts";
import { columnsOf } from "../catalogue/probe.ts";
import type { Column } from "../declare/columns.ts";
import type { RunRecord } from "../run/record/record.ts";
import { drawAnswers } from "./figures/answers.ts";
import { drawPanel, type Mark, panelsOf } from "./figures/curves.ts";
import { drawLaw } from "./figures/laws.ts";
import { outcomeOf } from "./outcome.ts";
import type { CaseFigures, RunFigures } from "./pages/case.tsx";
import type { BoardProblem, SiteData } from "./site_data.ts";

/** Whose runs the paper shows, and where. */
const SHOWN: Readonly<Record<string, string>> = {
  adamw: "Fig. 1: AdamW alone",
  ppm: "Fig. 2: Algorithm 1, predator without a gradient",
  "ppm-gradpred": "Fig. 3: Algorithm 1, predator with a gradient",
  "pp-conn-fast": "Probably Fig. 4: Algorithm 2, the predator faster than its prey (A < α_p; the paper does not say)",
  "pp-conn": "Fig. 6: Algorithm 2, the predator slower than its prey (A > α_p)",
};

const SCRATCH = ["ppm", "ppm-scratch", "adam-l2-scratch"];

const timeOf = ({ generalised, epochs }: RunRecord) => generalised?.epoch ?? epochs;

/** The run in the middle of the times; of an even number the later of the two. */
function middleRun(runs: readonly RunRecord[]): RunRecord {
  const sorted = [...runs].sort((a, b) => Number(!a.generalised) - Number(!b.generalised) || timeOf(a) - timeOf(b));
  return sorted[Math.floor(sorted.length / 2)];
}

function marksOf(run: RunRecord, { claims }: BoardProblem): Mark[] {
  const paper = claims.find((claim) => claim.algorithm === run.algorithm && claim.quantity === "epochs to generalise");
  return [
    ...(run.generalised ? [{ x: run.generalised.epoch, name: "generalised" }] : []),
    ...(paper ? [{ x: paper.value, name: "paper" }] : []),
  ];
}

async function runFigures(problem: BoardProblem, columns: readonly Column[]): Promise<RunFigures[]> {
  const shown = problem.rows.filter(({ algorithm, settings, runs }) =>
    algorithm in SHOWN && !settings && runs.length > 0
  );
  const order = Object.keys(SHOWN);
  shown.sort((a, b) => order.indexOf(a.algorithm) - order.indexOf(b.algorithm));
  return await Promise.all(shown.map(async ({ algorithm, runs }) => {
    const run = middleRun(runs);
    const panels = panelsOf(run, marksOf(run, problem), columns).map((panel) =>
      drawPanel(panel, `${panel.title} of ${algorithm} on ${problem.title}, seed ${run.seed}; ${outcomeOf(run)}`)
    );
    return { algorithm, seed: run.seed, id: run.id, why: SHOWN[algorithm], panels: await Promise.all(panels) };
  }));
}

function scratchFigure({ title, rows }: BoardProblem) {
  const found = SCRATCH.map((id) => rows.find(({ method }) => method === id)).filter((row) => row?.runs.length);
  if (found.length < 2) return null;
  const series = found.map((row) => {
    const { curve: { epochs } } = middleRun(row!.runs);
    return { name: row!.algorithm, x: epochs.epoch, y: epochs.testAccuracy };
  });
  const panel = { title: "Test accuracy", x: "epoch", y: "share of samples", domain: [0, 1] as const, series };
  return drawPanel(
    panel,
    `Test accuracy on ${title} after memorising, and from scratch: the runs in the middle of the times`,
  );
}

/** Every row beside the baseline and its control, in the order of the board. */
const allAnswers = ({ catalogue }: SiteData, { rows }: BoardProblem) =>
  rows.filter(({ algorithm, runs }) => algorithm !== BASELINE && runs.length >= LEAST_SEEDS)
    .map((row) => answerOf(row, rows, catalogue.claims));

/** Draws everything of a case's page. */
export async function caseFiguresOf(site: SiteData, problems: readonly BoardProblem[]): Promise<CaseFigures> {
  const [main] = problems;
  // The paper's figures are of its own cases alone.
  const isOfThePaper = main.claims.length > 0;
  const laws = site.laws.filter((law) => law.case === main.case).map(async (law) => {
    const claim = site.catalogue.lawClaims.find(({ case: id }) => id === law.case)!;
    const sweeps = new Set(law.figures.map(({ algorithm }) => algorithm));
    const drawings = [...sweeps].map((sweep) => drawLaw(claim, sweep, problems));
    return { laws: law, drawings: await Promise.all(drawings) };
  });
  return {
    answers: await drawAnswers([{ title: main.title, answers: allAnswers(site, main) }]),
    runs: isOfThePaper ? await runFigures(main, columnsOf(site.catalogue.probes)) : [],
    scratch: isOfThePaper ? await scratchFigure(main) : null,
    laws: await Promise.all(laws),
  };
}
