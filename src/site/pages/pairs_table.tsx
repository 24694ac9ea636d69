import * as text from "../../text.ts";
import type { Pair } from "../pairwise.ts";
import type { BoardProblem } from "../site_data.ts";
import { Scroll } from "./layout.tsx";

/** What is read as one and stands on one line: `9 : 1`, `p = 0.021`. */
const unbroken = (words: string) => words.replaceAll(" ", "\u00a0");
const pText = (p: number) => unbroken(`p = ${p.toPrecision(2)}`);

/** `1.2×, 9 : 1, p = 0.021`, and below it what weighs how far apart the two were. */
function PairCell({ pair }: { readonly pair: Pair | undefined }) {
  if (!pair) return <td>{text.NOTHING}</td>;
  const { signs: { wins, losses, undecided, p } } = pair;
  const signs = wins + losses ? unbroken(`${wins} : ${losses}`) : "";
  return (
    <td>
      {[text.resolvedRatio(pair), signs, p === null ? "" : pText(p)].filter(Boolean).join(", ")}
      {undecided > 0 && <small>{undecided} undecided</small>}
      {pair.p !== null && <small>sign flip {pText(pair.p)}</small>}
    </td>
  );
}

/** Every pair of algorithms with its tests, on demand. */
export function PairwiseTable({ problem: { title, rows, pairwise } }: { readonly problem: BoardProblem }) {
  const ids = rows.map(({ method }) => method);
  const pairOf = (id: string, other: string) => pairwise.find((each) => each.algorithm === id && each.other === other);
  return (
    <details>
      <summary>Every pair of algorithms on {title}</summary>
      <p>
        Median ratio T(column)/T(row) in gradient calls over the seeds that both have: above 1 the row is faster; each
        pair stands once. Then the number of seeds on which the row was earlier : later, and from six of them on p of
        the two-sided sign test. A run that was given up is later than one that had arrived by then; seeds with equal
        times, or of which the order is not known, are undecided and do not count. The sign-flip test below it, from
        eight seeds that differ on, weighs by how much: a single run that failed may decide it. No p is corrected for
        the number of pairs.
      </p>
      <Scroll label={`Pairs of algorithms on ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">row over column</th>
              {ids.map((id) => <th key={id} scope="col">{id}</th>)}
            </tr>
          </thead>
          <tbody>
            {ids.map((id, i) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                {ids.map((other, j) => j <= i ? <td key={other} /> : <PairCell key={other} pair={pairOf(id, other)} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
