import type { Figure } from "../chart.ts";
import { movedText, type PastVerdict } from "../../report/history.ts";
import type { SiteData } from "../site_data.ts";
import { commitsText, nightOf, type Series, type SeriesStep, seriesText } from "../../report/series.ts";
import * as text from "../../text.ts";
import { Drawing, page } from "./layout.tsx";

const HEADER = [
  "judged",
  "profile",
  "engine",
  "verdict",
  "reproduced",
  "inconclusive",
  "incomplete",
  "what had moved",
];

function Judgement({ past }: { readonly past: PastVerdict }) {
  const { judgedAt, profile, engine, verdict, counts } = past;
  return (
    <tr>
      <th scope="row">
        <time dateTime={judgedAt}>{judgedAt.slice(0, 16).replace("T", " ")}</time>
      </th>
      <td>{profile}</td>
      <td>{engine}</td>
      <td>
        <span class={`verdict ${verdict}`}>{verdict}</span>
      </td>
      <td>{counts.reproduced}</td>
      <td>{counts.inconclusive}</td>
      <td>{counts.incomplete}</td>
      <td>{movedText(past)}</td>
    </tr>
  );
}

function Judgements({ history }: { readonly history: readonly PastVerdict[] }) {
  return (
    <div class="scroll" role="region" aria-label="Judgements" tabIndex={0}>
      <table>
        <caption>Judgements, newest first</caption>
        <thead>
          <tr>{HEADER.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>{history.toReversed().map((past) => <Judgement key={past.judgedAt} past={past} />)}</tbody>
      </table>
    </div>
  );
}

const STEPS = ["since", "cell", "profile", "engine", "before", "after", "factor", "commits"];

function Change(
  { series: { subject, profile, engine, seeds }, step }: { readonly series: Series; readonly step: SeriesStep },
) {
  return (
    <tr>
      <th scope="row">
        <time dateTime={step.after.judgedAt}>{nightOf(step.after)}</time>
      </th>
      <td>{subject}, seeds {seeds}</td>
      <td>{profile}</td>
      <td>{engine}</td>
      <td>{text.estimate(step.before.calls)}</td>
      <td>{text.estimate(step.after.calls)}</td>
      <td>{text.ratio({ low: step.factor, high: step.factor })}</td>
      <td>
        <code>{commitsText(step)}</code>
      </td>
    </tr>
  );
}

function Times({ all, figure }: { readonly all: readonly Series[]; readonly figure: Figure | null }) {
  const changes = all.flatMap((series) => series.steps.map((step) => ({ series, step })))
    .sort((a, b) => a.step.after.judgedAt < b.step.after.judgedAt ? 1 : -1);
  return (
    <>
      <h2>Times of the cells</h2>
      {figure && (
        <Drawing
          figure={figure}
          caption="Median gradient calls to generalise over judgements, oldest first; what moved most comes first"
        />
      )}
      {changes.length === 0
        ? <p>The level of no cell has changed over {all.length} series.</p>
        : (
          <div class="scroll" role="region" aria-label="Changes of level" tabIndex={0}>
            <table>
              <caption>
                Changes of level, newest first: two stretches of two judgements or more that are told apart. No verdict.
              </caption>
              <thead>
                <tr>{STEPS.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>
                {changes.map(({ series, step }) => (
                  <Change key={`${seriesText(series)} ${step.after.judgedAt}`} series={series} step={step} />
                ))}
              </tbody>
            </table>
          </div>
        )}
    </>
  );
}

/** Drawings of the page; null where there is nothing to draw. */
interface Figures {
  readonly verdicts: Figure | null;
  readonly times: Figure | null;
}

/** Verdicts over time, newest first, and the times of each cell. */
export function historyPage(site: SiteData, series: readonly Series[], figures: Figures): string {
  const { history } = site;
  const nothing = (
    <p>
      No judgement has been stored yet: <code>deno task publish --history DIR</code> reads a folder of them.
    </p>
  );
  return page({
    title: "History",
    path: "history.html",
    base: "",
    site,
    children: (
      <>
        <h1>Verdicts over time</h1>
        {history.length === 0 ? nothing : (
          <>
            {figures.verdicts && <Drawing figure={figures.verdicts} caption="Findings of each judgement, by verdict" />}
            <Judgements history={history} />
            {series.length > 0 && <Times all={series} figure={figures.times} />}
          </>
        )}
      </>
    ),
  });
}
