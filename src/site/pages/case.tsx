import type { Algorithm } from "../../algorithms/algorithm.ts";
import type { Claim } from "../../declare/claim.ts";
import type { Case } from "../../problem/case.ts";
import type { CaseLaws } from "../../report/board.ts";
import type { Figure } from "../chart.ts";
import type { BoardProblem, SiteData } from "../site_data.ts";
import { BoardTable, PairwiseTable } from "./board_table.tsx";
import { LawTable } from "./law_table.tsx";
import { Drawing, page } from "./layout.tsx";

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
  readonly speedups: Figure | null;
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
      <h2>Single runs, with the panels of the paper's figures</h2>
      <p>
        Of each algorithm the run in the middle of the times of its seeds, of an even number the later of the two.
        Dotted lines: where the run, and the paper's run, generalises. Axes of time are logarithmic.
      </p>
      {runs.map((run) => <RunSection key={run.algorithm} run={run} />)}
    </section>
  );
}

function Speedups({ figure }: { readonly figure: Figure }) {
  return (
    <section>
      <h2>Speedups: the paper's Fig. 5</h2>
      <Drawing
        wide
        figure={figure}
        caption="Times fewer gradient calls than adamw, with 95 % intervals; attribution is over the control. Pale bars are bounds: one side was given up before it generalised. Red ticks: the paper's values."
      />
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
        % band of the one that is claimed.
      </p>
      <div class="panels wide">{drawings.map((figure) => <Drawing key={figure.label} figure={figure} />)}</div>
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

/** The page of a case: its leaderboard, its forms, and the paper's figures redrawn from our runs. */
export function casePage(
  site: SiteData,
  chosen: Case,
  problems: readonly BoardProblem[],
  figures: CaseFigures,
): string {
  const claims = problems.flatMap((problem) => problem.claims);
  const [main, ...forms] = problems;
  return page({
    title: chosen.id,
    base: "../",
    site,
    children: (
      <>
        <h1>{chosen.id}</h1>
        <p class="lead">{chosen.summary} ({chosen.source}).</p>
        {claims.length > 0 && <p>The paper says: {claims.map(said).join("; ")}.</p>}
        <Fields fields={chosen.fields} />
        <BoardTable problem={main} base="../" />
        <PairwiseTable problem={main} />
        <Controls algorithms={site.catalogue.algorithms} problem={main} />
        {figures.speedups && <Speedups figure={figures.speedups} />}
        {figures.runs.length > 0 && <Runs runs={figures.runs} />}
        {figures.scratch && (
          <section>
            <h2>From scratch: the paper's Fig. 9</h2>
            <Drawing figure={figures.scratch} />
          </section>
        )}
        {figures.laws.map((law) => <Laws key={law.laws.law} {...law} />)}
        {forms.length > 0 && (
          <section>
            <h2>Other forms of the case</h2>
            {forms.map((problem) => <BoardTable key={problem.title} problem={problem} base="../" />)}
          </section>
        )}
      </>
    ),
  });
}
