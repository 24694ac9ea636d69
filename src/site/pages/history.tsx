import type { Figure } from "../chart.ts";
import { movedText } from "../history.ts";
import type { SiteData } from "../site_data.ts";
import { Drawing, page } from "./layout.tsx";

/** Verdicts over time, newest first. */
export function historyPage(site: SiteData, figure: Figure | null): string {
  const { history } = site;
  return page({
    title: "History",
    base: "",
    site,
    children: (
      <>
        <h1>Verdicts over time</h1>
        {history.length === 0
          ? (
            <p>
              No judgement has been stored yet: <code>deno task publish --history DIR</code> reads a folder of them.
            </p>
          )
          : (
            <>
              {figure && <Drawing figure={figure} caption="Findings of each judgement, by verdict" />}
              <div class="scroll" role="region" aria-label="Judgements" tabIndex={0}>
                <table>
                  <caption>Judgements, newest first</caption>
                  <thead>
                    <tr>
                      {[
                        "judged",
                        "profile",
                        "engine",
                        "verdict",
                        "reproduced",
                        "inconclusive",
                        "incomplete",
                        "what had moved",
                      ]
                        .map((name) => <th key={name} scope="col">{name}</th>)}
                    </tr>
                  </thead>
                  <tbody>
                    {history.toReversed().map((past) => (
                      <tr key={past.judgedAt}>
                        <th scope="row">
                          <time dateTime={past.judgedAt}>{past.judgedAt.slice(0, 16).replace("T", " ")}</time>
                        </th>
                        <td>{past.profile}</td>
                        <td>{past.engine}</td>
                        <td>
                          <span class={`past.verdict ${past.verdict}`}>{past.verdict}</span>
                        </td>
                        <td>{past.counts.reproduced}</td>
                        <td>{past.counts.inconclusive}</td>
                        <td>{past.counts.incomplete}</td>
                        <td>{movedText(past)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )}
      </>
    ),
  });
}
