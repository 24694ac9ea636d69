import { BASELINE } from "../../declare/baseline.ts";
import type { Comparison } from "../../stats/comparison.ts";
import { representative } from "../../stats/ratio.ts";
import type { Time } from "../../stats/times.ts";
import * as text from "../../text.ts";
import { slug } from "../html.ts";
import { outcomeOf } from "../outcome.ts";
import { cellSlug } from "../run_index.ts";
import type { BoardProblem, RankedRow } from "../site_data.ts";

/** A cell with what it is sorted by, nothing last, and what stands below in small. */
interface CellProps {
  readonly shown: string;
  readonly by: number | null;
  readonly details?: readonly string[];
}

function Cell({ shown, by, details = [] }: CellProps) {
  return (
    <td data-sort={by === null || !Number.isFinite(by) ? "" : Number(by.toPrecision(6))}>
      {shown}
      {details.filter(Boolean).map((detail) => <span key={detail} class="detail">{detail}</span>)}
    </td>
  );
}

const timeCell = (time: Time | null, unit = "", detail = "") => (
  <Cell
    shown={text.estimate(time) + (time ? unit : "")}
    by={time?.relation === "=" ? time.value : null}
    details={[text.intervalIfAny(time?.interval), detail]}
  />
);

/** A ratio, its interval, and the seeds that it rests on where the row has more. */
const ratioCell = (found: Comparison | null, runs: number, over = "") => (
  <Cell
    shown={text.resolvedRatio(found)}
    by={found && representative(found)}
    details={found ? [text.intervalIfAny(found.interval), text.restsOn(found.pairs, runs), over] : []}
  />
);

const COLUMNS = [
  ["rank", "Place by median gradient calls to generalise, on the seeds that all have"],
  ["algorithm", "Opens the runs"],
  ["solved", "Runs that generalised within their budget, of all seeds"],
  ["epochs", "Epochs to generalise: median over seeds, 95 % interval"],
  ["gradient calls", "Gradient calls to generalise"],
  ["speedup", "T(adamw)/T(algorithm) in gradient calls, from the start"],
  [
    "sustained",
    "Gradient calls to the sustained crossing, from which the accuracy stays above the threshold for extraEpochs",
  ],
  ["speedup sustained", "T(adamw)/T(algorithm) in gradient calls, to the sustained crossing"],
  ["after memorising", "The same as speedup, from memorisation on"],
  ["over tuned", "T(adamw-tuned)/T(algorithm), from the start: AdamW with learning rate and weight decay from a grid"],
  ["attribution", "T(control)/T(algorithm): what is left when everything but the trick is in the control too"],
  ["steady", "Share of the epochs after generalising that stay above the threshold"],
  ["verdict", "Of the gate: these runs against the expectations"],
  ["seconds", "Seconds of work to generalise, on the machine of the records"],
] as const;

interface RowProps {
  readonly row: RankedRow;
  readonly base: string;
  readonly id: string;
  /** The row that speedups are over, where there is one. */
  readonly baseline: RankedRow | undefined;
}

function Runs({ row, base, id, baseline }: RowProps) {
  return (
    <tr class="runs" id={id} hidden>
      <td colSpan={COLUMNS.length}>
        <ul>
          {row.runs.map((run) => (
            <li key={run.id}>
              <a href={`${base}run.html#${run.id}`}>seed {run.seed}</a>: {outcomeOf(run)}
            </li>
          ))}
        </ul>
        {baseline && baseline !== row && (
          <a href={`${base}compare.html#${cellSlug(baseline.cell)},${cellSlug(row.cell)}`}>
            compare all seeds with {baseline.method}
          </a>
        )}
      </td>
    </tr>
  );
}

function Row({ row, base, id, baseline }: RowProps) {
  const { control, verdict } = row;
  return (
    <tbody>
      <tr>
        <Cell shown={row.rank === null ? text.NOTHING : String(row.rank)} by={row.rank} />
        <th scope="row" data-sort={row.method}>
          <button type="button" class="open" aria-expanded="false" aria-controls={id}>{row.method}</button>
        </th>
        <Cell shown={`${row.grokked}/${row.runs.length}`} by={row.grokked / row.runs.length} />
        {timeCell(row.generalise.epochs)}
        {timeCell(row.generalise.gradientCalls)}
        {ratioCell(row.speedup, row.runs.length)}
        {timeCell(row.sustain.gradientCalls, "", row.rankSustained === null ? "" : `rank ${row.rankSustained}`)}
        {ratioCell(row.speedupSustained, row.runs.length)}
        {ratioCell(row.speedupFromMemorisation, row.runs.length)}
        {ratioCell(row.speedupOverTuned, row.runs.length)}
        {ratioCell(row.attribution, row.runs.length, `over ${control}`)}
        <Cell
          shown={text.percent(row.shareAbove)}
          by={row.shareAbove}
          details={row.lowestAccuracy === null ? [] : [`lowest ${row.lowestAccuracy.toFixed(2)}`]}
        />
        <td data-sort={verdict ?? ""}>
          <span class={`verdict ${verdict ?? "none"}`}>{verdict ?? "no expectation"}</span>
        </td>
        {timeCell(row.generalise.seconds, " s")}
      </tr>
      <Runs row={row} base={base} id={id} baseline={baseline} />
    </tbody>
  );
}

/** The sortable leaderboard of one problem; a row opens its runs. */
export function BoardTable({ problem, base }: { readonly problem: BoardProblem; readonly base: string }) {
  const prefix = `runs-${slug(problem.title)}`;
  const baseline = problem.rows.find(({ method }) => method === BASELINE);
  return (
    <div class="scroll" role="region" aria-label={`Leaderboard of ${problem.title}`} tabIndex={0}>
      <table class="board">
        <caption>
          {problem.title}: algorithms by median gradient calls to generalise. Times and ranks are of the seeds that all
          have ({text.seeds(problem.rankedOn)}), ratios of those that both have
        </caption>
        <thead>
          <tr>
            {COLUMNS.map(([name, title], i) => (
              <th key={name} scope="col" aria-sort={i === 0 ? "ascending" : "none"}>
                <button type="button" class="sort" title={title}>{name}</button>
              </th>
            ))}
          </tr>
        </thead>
        {problem.rows.map((row) => (
          <Row
            key={row.cell.key}
            row={row}
            base={base}
            baseline={baseline}
            id={`${prefix}-${slug(row.method)}`}
          />
        ))}
      </table>
    </div>
  );
}

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
