import type { Figure } from "../chart.ts";
import { movedText, type PastVerdict } from "../history.ts";
import type { SiteData } from "../site_data.ts";
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

/** Verdicts over time, newest first. */
export function historyPage(site: SiteData, figure: Figure | null): string {
  const { history } = site;
  const nothing = (
    <p>
      No judgement has been stored yet: <code>deno task publish --history DIR</code> reads a folder of them.
    </p>
  );
  return page({
    title: "History",
    base: "",
    site,
    children: (
      <>
        <h1>Verdicts over time</h1>
        {history.length === 0 ? nothing : (
          <>
            {figure && <Drawing figure={figure} caption="Findings of each judgement, by verdict" />}
            <Judgements history={history} />
          </>
        )}
      </>
    ),
  });
}
