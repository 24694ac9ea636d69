import * as text from "../../text.ts";
import type { BoardProblem } from "../site_data.ts";

/** p-values of every pair of algorithms, on demand. */
export function PairwiseTable({ problem: { title, rows, pairwise } }: { readonly problem: BoardProblem }) {
  const ids = rows.map(({ method }) => method);
  const cell = (algorithm: string, other: string) => {
    const pair = pairwise.find((each) => each.algorithm === algorithm && each.other === other);
    if (!pair) return text.NOTHING;
    return `${text.resolvedRatio(pair)}${pair.p === null ? "" : `, p = ${pair.p.toPrecision(2)}`}`;
  };
  return (
    <details>
      <summary>Every pair of algorithms on {title}</summary>
      <p>
        Median ratio T(column)/T(row) in gradient calls over the seeds that both have: above 1 the row is faster. p is
        of a two-sided sign-flip test, from eight pairs that differ on; not corrected for the number of pairs.
      </p>
      <div class="scroll" role="region" aria-label={`Pairs of algorithms on ${title}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">row over column</th>
              {ids.map((id) => <th key={id} scope="col">{id}</th>)}
            </tr>
          </thead>
          <tbody>
            {ids.map((id) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                {ids.map((other) => <td key={other}>{id === other ? "" : cell(id, other)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
