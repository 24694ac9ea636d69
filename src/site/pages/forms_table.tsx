import * as text from "../../text.ts";
import { cellSlug } from "../run_index.ts";
import type { BoardProblem, RankedRow } from "../site_data.ts";
import { Scroll } from "./layout.tsx";

/** Outcome, speedup over the baseline, and what of it is the trick's. */
function Form({ row }: { readonly row: RankedRow | undefined }) {
  if (!row) return <td>{text.NOTHING}</td>;
  const { speedup, attribution, grokked, runs, control } = row;
  const worth = text.ratioWithInterval(attribution);
  return (
    <td>
      {text.ratioWithInterval(speedup)}
      <small>
        <a href={`../compare.html#${cellSlug(row.cell)}`}>{grokked}/{runs.length} generalised</a>
      </small>
      {worth !== text.NOTHING && <small>{worth} over {control}</small>}
    </td>
  );
}

/** Forms of one problem side by side: a claim holds where it holds on each. */
export function FormsTable({ problems }: { readonly problems: readonly BoardProblem[] }) {
  const methods = [...new Set(problems.flatMap(({ rows }) => rows.map(({ method }) => method)))];
  return (
    <section>
      <h2>Forms side by side</h2>
      <Scroll label="Forms side by side">
        <table class="figures">
          <caption>Times as fast as adamw in gradient calls, form by form, and attribution over the control</caption>
          <thead>
            <tr>
              <th scope="col">algorithm</th>
              {problems.map(({ title }) => <th key={title} scope="col">{title}</th>)}
            </tr>
          </thead>
          <tbody>
            {methods.map((method) => (
              <tr key={method}>
                <th scope="row">{method}</th>
                {problems.map(({ title, rows }) => (
                  <Form
                    key={title}
                    row={rows.find((row) => row.method === method)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
