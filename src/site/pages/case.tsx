import type { Algorithm } from "../../algorithms/algorithm.ts";
import type { Claim } from "../../declare/claim.ts";
import type { Case } from "../../problem/case.ts";
import type { CaseLaws } from "../../report/board.ts";
import { answerText } from "../../report/answer.ts";
import type { Figure } from "../chart.ts";
import type { WideAndNarrow } from "../figures/answers.ts";
import type { BoardProblem, SiteData } from "../site_data.ts";
import { accuraciesOf } from "../accuracy.ts";
import { AccuracySection } from "./accuracy.tsx";
import { AnswersDrawing } from "./answers.tsx";
import { BoardTable } from "./board_table.tsx";
import { BoardTools } from "./board_tools.tsx";
import { FormsTable } from "./forms_table.tsx";
import { LawTable } from "./law_table.tsx";
import { Drawing, page } from "./layout.tsx";
import { PairwiseTable } from "./pairs_table.tsx";

/** The panels of one run. */
export interface RunFigures {
  readonly algorithm: string;
  readonly seed: number;
  readonly id: string;
  readonly why: string;
  readonly panels: readonly Figure[];
}

/** Everything that is drawn on a case's page. */
export interface CaseFigures {
  readonly answers: WideAndNarrow | null;
  readonly runs: readonly RunFigures[];
  readonly scratch: Figure | null;
  readonly laws: readonly { readonly laws: CaseLaws; readonly drawings: readonly Figure[] }[];
}

const said = ({ algorithm, quantity, value, source }: Claim) => `${algorithm}: ${value} ${quantity} (${source})`;

function Fields({ fields }: Pick<Case, "fields">) {
  return (
    <details>
      <summary>Every field of the case</summary>
      <dl>
        {Object.entries(fields).map(([name, { value, doc }]) => (
          <div key={name}>
            <dt>
              <code>{name} = {String(value)}</code>
            </dt>
            <dd>{doc}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function RunSection({ run }: { readonly run: RunFigures }) {
  return (
    <section>
      <h3>{run.algorithm}</h3>
      <p>
        {run.why}, <a href={`../run.html#${run.id}`}>seed {run.seed}</a>.
      </p>
      <div class="panels">{run.panels.map((figure) => <Drawing key={figure.label} figure={figure} />)}</div>
    </section>
  );
}

function Runs({ runs }: Pick<CaseFigures, "runs">) {
  return (
    <section>
      <h2>The paper's figures from our runs</h2>
      <p>
        Of each algorithm the run in the middle of the times of its seeds, of an even number the later of the two.
        Dotted lines: where the run, and the paper's run, generalises. Axes of time are logarithmic.
      </p>
      {runs.map((run) => <RunSection key={run.algorithm} run={run} />)}
    </section>
  );
}

function Laws({ laws, drawings }: CaseFigures["laws"][number]) {
  return (
    <section>
      <h2>{laws.figures[0].formula}: the paper's Fig. 7 from our runs</h2>
      <p>
        One point a run; triangles were given up there without generalising. Vertical lines: 95 % intervals of the
        medians, from five runs on. Curves: the laws that were fitted to all of them, censored ones included; shaded: 95
        % band of the one that is claimed, seeds as clusters.
      </p>
      <div class="panels wide">{drawings.map((figure) => <Drawing key={figure.label} wide figure={figure} />)}</div>
      <LawTable laws={laws} />
    </section>
  );
}

/** What each method of a leaderboard is held against, and why that takes out its trick and nothing else. */
function Controls(
  { algorithms, problem }: { readonly algorithms: readonly Algorithm[]; readonly problem: BoardProblem },
) {
  const shown = algorithms.filter(({ id, control }) =>
    control !== null && problem.rows.some(({ algorithm }) => algorithm === id)
  );
  if (shown.length === 0) return null;
  return (
    <details class="controls">
      <summary>What attribution is measured against, and why</summary>
      <ul>
        {shown.map(({ id, control, controlReason }) => (
          <li key={id}>
            <code>{id}</code> over <code>{control}</code>: {controlReason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What a page of a case is made of. */
interface CasePage {
  readonly path: string;
  readonly chosen: Case;
  /** The case with its overrides; the first is what the page is about. */
  readonly problems: readonly BoardProblem[];
  /** Those and other cases that are forms of the same one. */
  readonly forms: readonly BoardProblem[];
  readonly figures: CaseFigures;
}

/** The page of a case: the answer, its leaderboard, how its methods get there, the paper's figures, and its forms. */
export function casePage(site: SiteData, { path, chosen, problems, forms, figures }: CasePage): string {
  const claims = problems.flatMap((problem) => problem.claims);
  const [main] = problems;
  const answer = answerText(main.answers);
  const accuracies = accuraciesOf(main);
  return page({
    title: chosen.id,
    path,
    site,
    styles: accuracies ? ["assets/uPlot.min.css"] : [],
    scripts: ["assets/boards.js", ...(accuracies ? ["assets/uPlot.iife.min.js", "assets/accuracy.js"] : [])],
    children: (
      <>
        <h1>{chosen.id}</h1>
        {answer && <p class="lead">{answer}</p>}
        {figures.answers && <AnswersDrawing figure={figures.answers} />}
        <p>{chosen.summary} ({chosen.source}).</p>
        {claims.length > 0 && <p>The paper says: {claims.map(said).join("; ")}.</p>}
        <Fields fields={chosen.fields} />
        <h2>All methods</h2>
        <BoardTools />
        <BoardTable problem={main} />
        <PairwiseTable problem={main} />
        <Controls algorithms={site.catalogue.algorithms} problem={main} />
        {accuracies && <AccuracySection accuracies={accuracies} />}
        {forms.length > 1 && <FormsTable problems={forms} />}
        {figures.laws.map((law) => <Laws key={law.laws.law} {...law} />)}
        {figures.runs.length > 0 && <Runs runs={figures.runs} />}
        {figures.scratch && (
          <section>
            <h2>From scratch: the paper's Fig. 9</h2>
            <Drawing figure={figures.scratch} />
          </section>
        )}
      </>
    ),
  });
}
