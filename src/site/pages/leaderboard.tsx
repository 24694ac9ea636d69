import { countsOf, isUnasked, type Verdict, VERDICTS } from "../../gate/finding.ts";
import * as text from "../../text.ts";
import type { Figure } from "../chart.ts";
import { answeredOf, headlinesOf, type SiteData } from "../site_data.ts";
import type { WideAndNarrow } from "../figures/answers.ts";
import { Answers, AnswersDrawing } from "./answers.tsx";
import { BoardTable } from "./board_table.tsx";
import { BoardTools } from "./board_tools.tsx";
import { casePath, Drawing, page, Scroll } from "./layout.tsx";

/** `3.20`, or from where on nothing is told apart. */
function tau(ratio: number, limit: number): string {
  if (Number.isFinite(ratio)) return ratio.toFixed(2);
  return Number.isFinite(limit) ? `beyond ${text.integer(limit)} calls` : text.NOTHING;
}

function Overall({ site: { overall }, figure }: { readonly site: SiteData; readonly figure: Figure | null }) {
  if (!overall) return null;
  return (
    <section>
      <h2>Over all cases</h2>
      <p>
        Performance profiles over{" "}
        {overall.problems.join(", ")}: the share of cases on which an algorithm needs at most τ times the gradient calls
        of the fastest. The score is the area under the profile over log τ up to 100. Budgets differ, so on each case
        times count up to the calls at which the first algorithm there was given up; “beyond” stands for every later
        one, whether it was reached with a larger budget, as the table of the case says then, or not. Only algorithms
        that were run on all of them, with three seeds or more, take part.
      </p>
      <div class="columns">
        <Scroll label="Scores over all cases">
          <table>
            <caption>Scores</caption>
            <thead>
              <tr>
                <th scope="col">rank</th>
                <th scope="col">algorithm</th>
                <th scope="col">score</th>
                {overall.problems.map((title) => <th key={title} scope="col">τ on {title}</th>)}
              </tr>
            </thead>
            <tbody>
              {overall.standings.map(({ algorithm, rank, score, ratios }) => (
                <tr key={algorithm}>
                  <td>{rank}</td>
                  <th scope="row">{algorithm}</th>
                  <td>{score.toFixed(2)}</td>
                  {ratios.map((ratio, i) => <td key={i}>{tau(ratio, overall.limits[i])}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        {figure && <Drawing wide figure={figure} caption="Performance profiles (Dolan & Moré 2002)" />}
      </div>
    </section>
  );
}

const Badge = ({ verdict }: { readonly verdict: Verdict }) => <span class={`verdict ${verdict}`}>{verdict}</span>;

/** What the gate says, or that there is nothing for it to say: the reference compared with itself is no evidence. */
function Judged({ site: { judgement: { verdict, findings, runs }, history } }: { readonly site: SiteData }) {
  if (findings.every(isUnasked)) return <p>Nothing is expected of these cells yet: the gate has no question.</p>;
  const counted = countsOf(findings);
  const counts = VERDICTS.toReversed().filter((name) => counted[name]).map((name) => `${counted[name]} ${name}`);
  const independent = history.findLast(({ fresh }) => fresh !== null && fresh > 0);
  return (
    <>
      {runs.fresh === 0 && (
        <p>
          These are the <strong>reference records</strong>: {text.integer(runs.repeated)}{" "}
          runs that others are compared with. That they equal what is expected is no test of it.
        </p>
      )}
      {(runs.fresh > 0 || verdict !== "reproduced") && (
        <p>
          Gate: <Badge verdict={verdict} /> ({counts.join(", ")}); {text.integer(runs.fresh)} new runs,{" "}
          {text.integer(runs.repeated)} that repeat expected ones bit for bit.
        </p>
      )}
      <p>
        Last independent night: {independent
          ? (
            <>
              <a href="history.html">
                <time dateTime={independent.judgedAt}>{independent.judgedAt.slice(0, 10)}</time>
              </a>
              , profile <code>{independent.profile}</code>, engine <code>{independent.engine}</code>,{" "}
              {text.integer(independent.fresh!)} new runs: <Badge verdict={independent.verdict} />.
            </>
          )
          : "none is stored."}
      </p>
    </>
  );
}

/** What the page draws; null where there is nothing to draw. */
interface Figures {
  readonly answers: WideAndNarrow | null;
  readonly profiles: Figure | null;
}

/** The first page: the answers, the boards case by case, all cases together, and what it rests on. */
export function leaderboardPage(site: SiteData, figures: Figures): string {
  return page({
    title: "Leaderboard",
    path: "index.html",
    site,
    scripts: ["assets/boards.js"],
    children: (
      <>
        <h1>How much sooner do networks generalise?</h1>
        <Answers problems={answeredOf(site.problems)} />
        {figures.answers && <AnswersDrawing figure={figures.answers} />}
        <h2>All methods</h2>
        <p>
          Every method is beside <code>adamw</code> at the paper's constants,{" "}
          <code>adamw-tuned</code>, AdamW with learning rate and weight decay from a grid, and its control. ≥ and ≤
          stand where runs were given up before they generalised; such runs are kept, as bounds. In brackets: 95 %
          intervals, from five seeds on.
        </p>
        <BoardTools />
        {headlinesOf(site.problems).map((problem) => (
          <section key={problem.title}>
            <h3>
              <a href={casePath(problem.case)}>{problem.title}</a>
            </h3>
            <BoardTable problem={problem} runs={{ page: casePath(problem.case) }} />
          </section>
        ))}
        <Overall site={site} figure={figures.profiles} />
        <h2>What this rests on</h2>
        <Judged site={site} />
        <p class="note">
          {text.NOTHING}{" "}
          means that there is nothing to say: no runs, no seed in common, or a rank that a run given up earlier might
          change. Ranks are an order, not evidence: times are evaluated epochs, and what tells two algorithms apart is
          their attribution, with its interval, and the pairs on the page of each case.
        </p>
      </>
    ),
  });
}
