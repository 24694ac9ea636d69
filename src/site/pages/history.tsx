import { VERDICTS } from "../../gate/finding.ts";
import type { Figure } from "../chart.ts";
import { movedText, type PastVerdict } from "../../report/history.ts";
import type { SiteData } from "../site_data.ts";
import { commitsText, nightOf, type Series, type SeriesStep, seriesText } from "../../report/series.ts";
import * as text from "../../text.ts";
import { Drawing, page, Scroll } from "./layout.tsx";

/** Columns of a table: words stand left, numbers right, under headings that do the same. */
type Columns = readonly (readonly [name: string, kind: "words" | "number" | "prose"])[];

const Head = ({ columns }: { readonly columns: Columns }) => (
  <thead>
    <tr>{columns.map(([name, kind]) => <th key={name} scope="col" class={kind}>{name}</th>)}</tr>
  </thead>
);

const JUDGEMENTS: Columns = [
  ["judged", "words"],
  ["verdict", "words"],
  ["profile", "words"],
  ["engine", "words"],
  ...VERDICTS.map((verdict) => [verdict, "number"] as const),
  ["what had moved", "prose"],
];

function Judgement({ past }: { readonly past: PastVerdict }) {
  const { judgedAt, profile, engine, verdict, counts } = past;
  return (
    <tr>
      <th scope="row">
        <time dateTime={judgedAt}>{judgedAt.slice(0, 16).replace("T", " ")}</time>
      </th>
      <td class="words">
        <span class={`verdict ${verdict}`}>{verdict}</span>
      </td>
      <td class="words">{profile}</td>
      <td class="words">{engine}</td>
      {VERDICTS.map((each) => <td key={each}>{counts[each]}</td>)}
      <td class="prose">{movedText(past)}</td>
    </tr>
  );
}

function Judgements({ history }: { readonly history: readonly PastVerdict[] }) {
  return (
    <Scroll label="Judgements">
      <table>
        <caption>Judgements, newest first: their verdict, and how many findings of each they have</caption>
        <Head columns={JUDGEMENTS} />
        <tbody>{history.toReversed().map((past) => <Judgement key={past.judgedAt} past={past} />)}</tbody>
      </table>
    </Scroll>
  );
}

const STEPS: Columns = [
  ["since", "words"],
  ["cell", "prose"],
  ["profile", "words"],
  ["engine", "words"],
  ["before", "number"],
  ["after", "number"],
  ["factor", "number"],
  ["commits", "words"],
];

function Change(
  { series: { subject, profile, engine, seeds }, step }: { readonly series: Series; readonly step: SeriesStep },
) {
  return (
    <tr>
      <th scope="row">
        <time dateTime={step.after.judgedAt}>{nightOf(step.after)}</time>
      </th>
      <td class="prose">{subject}, seeds {seeds}</td>
      <td class="words">{profile}</td>
      <td class="words">{engine}</td>
      <td>{text.estimate(step.before.calls)}</td>
      <td>{text.estimate(step.after.calls)}</td>
      <td>{text.ratio({ low: step.factor, high: step.factor })}</td>
      <td class="words">
        <code>{commitsText(step)}</code>
      </td>
    </tr>
  );
}

function Times({ all, figures }: { readonly all: readonly Series[]; readonly figures: readonly Figure[] }) {
  const changes = all.flatMap((series) => series.steps.map((step) => ({ series, step })))
    .sort((a, b) => a.step.after.judgedAt < b.step.after.judgedAt ? 1 : -1);
  return (
    <>
      <h2>Times of the cells</h2>
      {figures.length > 0 && (
        <>
          <p>
            Median gradient calls to generalise over judgements, oldest first
            {figures.length < all.length && `, of ${figures.length} cells of ${all.length}`}; what moved most comes
            first. A line joins what keeps one level; an open mark was not reached.
          </p>
          <div class="panels">{figures.map((figure) => <Drawing key={figure.label} figure={figure} />)}</div>
        </>
      )}
      {changes.length === 0
        ? <p>The level of no cell has changed over {all.length} series.</p>
        : (
          <Scroll label="Changes of level">
            <table>
              <caption>
                Changes of level, newest first: two stretches of two judgements or more that are told apart. No verdict.
              </caption>
              <Head columns={STEPS} />
              <tbody>
                {changes.map(({ series, step }) => (
                  <Change key={`${seriesText(series)} ${step.after.judgedAt}`} series={series} step={step} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
    </>
  );
}

/** Drawings of the page, as far as there is something to draw. */
interface Figures {
  readonly verdicts: Figure | null;
  /** A panel a cell, those that have moved most first. */
  readonly times: readonly Figure[];
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
    site,
    children: (
      <>
        <h1>Verdicts over time</h1>
        {history.length === 0 ? nothing : (
          <>
            {figures.verdicts && <Drawing figure={figures.verdicts} caption="Findings of each judgement, by verdict" />}
            <Judgements history={history} />
            {series.length > 0 && <Times all={series} figures={figures.times} />}
          </>
        )}
      </>
    ),
  });
}
