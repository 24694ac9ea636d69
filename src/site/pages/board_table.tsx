import { BASELINE } from "../../declare/baseline.ts";
import type { Comparison } from "../../stats/comparison.ts";
import { LEAST_SEEDS } from "../../report/leaderboard.ts";
import { representative } from "../../stats/ratio.ts";
import type { Time } from "../../stats/times.ts";
import * as text from "../../text.ts";
import { slug } from "../html.ts";
import { outcomeOf } from "../outcome.ts";
import { cellSlug } from "../run_index.ts";
import type { BoardProblem, RankedRow } from "../site_data.ts";
import { Scroll } from "./layout.tsx";

/** A cell with what it is sorted by, nothing last, and what stands below in small. */
interface CellProps {
  readonly shown: string;
  readonly by: number | string | null;
  readonly details?: readonly string[];
  readonly className?: string;
}

/** Figures are shown to three digits. */
const SHOWN_TO = 0.006;

/** What a cell is sorted by where that is not the number that it begins with, if any; boards.js reads it in the same way. */
function sortedBy({ shown, by }: CellProps): string | undefined {
  const read = /^\d/.test(shown) ? Number.parseFloat(shown.replaceAll(",", "")) : null;
  if (typeof by === "string") return by;
  if (by === null || !Number.isFinite(by)) return read === null ? undefined : "";
  return read !== null && Math.abs(read - by) <= SHOWN_TO * Math.abs(by)
    ? undefined
    : String(Number(by.toPrecision(4)));
}

function Cell({ hidden, ...props }: CellProps & { readonly hidden: boolean }) {
  const { shown, details = [], className } = props;
  return (
    <td data-sort={sortedBy(props)} class={className} hidden={hidden}>
      {shown}
      {details.filter(Boolean).map((detail) => <small key={detail}>{detail}</small>)}
    </td>
  );
}

const timed = (time: Time | null, unit = "", detail = ""): CellProps => ({
  shown: text.estimate(time) + (time ? unit : ""),
  by: time?.relation === "=" ? time.value : null,
  details: [text.intervalIfAny(time?.interval), detail],
});

/** A ratio, its interval, and the seeds that it rests on where the row has more. */
const compared = (found: Comparison | null, { runs }: RankedRow, over = ""): CellProps => ({
  shown: text.resolvedRatio(found),
  by: found && representative(found),
  details: found ? [text.intervalIfAny(found.interval), text.restsOn(found.pairs, runs.length), over] : [],
});

/** A column of the board: what it says of a row, and whether it is there before someone asks for it. */
interface BoardColumn {
  readonly name: string;
  readonly doc: string;
  readonly shown: boolean;
  readonly cell: (row: RankedRow) => CellProps;
}

/** After the name of the algorithm, which is always there. */
export const COLUMNS: readonly BoardColumn[] = [
  {
    name: "rank",
    doc: "place by median gradient calls to generalise, on the seeds that all have",
    shown: true,
    cell: ({ rank }) => ({ shown: rank === null ? text.NOTHING : String(rank), by: rank }),
  },
  {
    name: "solved",
    doc: "runs that generalised within their budget, of all seeds",
    shown: true,
    cell: ({ grokked, runs }) => ({ shown: `${grokked}/${runs.length}`, by: grokked / runs.length }),
  },
  {
    name: "gradient calls",
    doc: "gradient calls to generalise: median over seeds, 95 % interval",
    shown: true,
    cell: ({ generalise }) => timed(generalise.gradientCalls),
  },
  {
    name: "speedup",
    doc: "T(adamw)/T(algorithm) in gradient calls, from the start",
    shown: true,
    cell: (row) => compared(row.speedup, row),
  },
  {
    name: "after memorising",
    doc: "the same, counted from memorisation on",
    shown: true,
    cell: (row) => compared(row.speedupFromMemorisation, row),
  },
  {
    name: "over tuned",
    doc: "T(adamw-tuned)/T(algorithm), from the start: AdamW with learning rate and weight decay from a grid",
    shown: true,
    cell: (row) => compared(row.speedupOverTuned, row),
  },
  {
    name: "attribution",
    doc: "T(control)/T(algorithm): what is left when everything but the trick is in the control too",
    shown: true,
    cell: (row) => compared(row.attribution, row, row.control ? `over ${row.control}` : ""),
  },
  {
    name: "speedup sustained",
    doc: "T(adamw)/T(algorithm) to the sustained crossing, from which the accuracy stays above the threshold",
    shown: true,
    cell: (row) => compared(row.speedupSustained, row),
  },
  {
    name: "sustained",
    doc: "gradient calls to the sustained crossing",
    shown: false,
    cell: ({ sustain, rankSustained }) =>
      timed(sustain.gradientCalls, "", rankSustained === null ? "" : `rank ${rankSustained}`),
  },
  {
    name: "epochs",
    doc: "epochs to generalise: median over seeds, 95 % interval",
    shown: false,
    cell: ({ generalise }) => timed(generalise.epochs),
  },
  {
    name: "steady",
    doc: "share of the epochs after generalising that stay above the threshold",
    shown: false,
    cell: ({ shareAbove, lowestAccuracy }) => ({
      shown: text.percent(shareAbove),
      by: shareAbove,
      details: lowestAccuracy === null ? [] : [`lowest ${lowestAccuracy.toFixed(2)}`],
    }),
  },
  {
    name: "seconds",
    doc: "seconds of work to generalise, on the machine of the records",
    shown: false,
    cell: ({ generalise }) => timed(generalise.seconds, " s"),
  },
  {
    name: "verdict",
    doc: "of the gate: these runs against the expectations",
    shown: false,
    cell: ({ verdict }) => ({
      shown: verdict ?? "no expectation",
      by: verdict,
      className: `verdict ${verdict ?? "none"}`,
    }),
  },
];

/** Where the runs of a row are: below it, or on the page of the case. */
type RunsAt = "below" | { readonly page: string };

interface RowProps {
  readonly row: RankedRow;
  readonly id: string;
  readonly runs: RunsAt;
  /** The row that speedups are over, where there is one. */
  readonly baseline: RankedRow | undefined;
}

function Runs({ row, id, baseline }: Omit<RowProps, "runs">) {
  return (
    <tr class="runs" id={id} hidden>
      <td colSpan={COLUMNS.length + 1}>
        <ul>
          {row.runs.map((run) => (
            <li key={run.id}>
              <a href={`../run.html#${run.id}`}>seed {run.seed}</a>: {outcomeOf(run)}
            </li>
          ))}
        </ul>
        {baseline && baseline !== row && (
          <a href={`../compare.html#${cellSlug(baseline.cell)},${cellSlug(row.cell)}`}>
            compare all seeds with {baseline.method}
          </a>
        )}
      </td>
    </tr>
  );
}

function Row({ row, id, runs, baseline }: RowProps) {
  return (
    <tbody data-role={row.role}>
      <tr>
        <th scope="row" data-sort={row.method}>
          {runs === "below"
            ? <button type="button" class="open" aria-expanded="false" aria-controls={id}>{row.method}</button>
            : <a href={`${runs.page}#${id}`}>{row.method}</a>}
        </th>
        {COLUMNS.map(({ name, shown, cell }) => <Cell key={name} {...cell(row)} hidden={!shown} />)}
      </tr>
      {runs === "below" && <Runs row={row} id={id} baseline={baseline} />}
    </tbody>
  );
}

interface TableProps {
  readonly rows: readonly RankedRow[];
  readonly runs: RunsAt;
  readonly title: string;
  readonly caption: string;
  readonly baseline: RankedRow | undefined;
}

function Table({ rows, runs, title, caption, baseline }: TableProps) {
  const heads = [{ name: "algorithm", doc: "opens the runs", shown: true }, ...COLUMNS];
  return (
    <Scroll label={`Leaderboard of ${title}`}>
      <table class="board">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map(({ name, doc, shown }) => (
              <th key={name} scope="col" aria-sort={name === "rank" ? "ascending" : "none"} hidden={!shown}>
                <button type="button" class="sort" title={doc}>{name}</button>
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row) => (
          <Row
            key={row.cell.key}
            row={row}
            runs={runs}
            baseline={baseline}
            id={`runs-${slug(`${title} ${row.method}`)}`}
          />
        ))}
      </table>
    </Scroll>
  );
}

const hasEnough = ({ runs }: RankedRow) => runs.length >= LEAST_SEEDS;

/** The sortable leaderboard of one problem; a row opens its runs. Rows with hardly any seeds stand apart. */
export function BoardTable({ problem, runs = "below" }: { readonly problem: BoardProblem; readonly runs?: RunsAt }) {
  const { title, rows, rankedOn } = problem;
  const [many, few] = [rows.filter(hasEnough), rows.filter((row) => !hasEnough(row))];
  const baseline = rows.find(({ method }) => method === BASELINE);
  return (
    <>
      {many.length > 0 && (
        <Table
          rows={many}
          runs={runs}
          baseline={baseline}
          title={title}
          caption={`${title}: times and ranks are of the seeds that all have (${
            text.seeds(rankedOn)
          }), ratios of those that both have`}
        />
      )}
      {few.length > 0 && (
        <Table
          rows={few}
          runs={runs}
          baseline={baseline}
          title={`${title}, few seeds`}
          caption={`${title}: fewer than ${LEAST_SEEDS} seeds, so that nothing here is more than a hint`}
        />
      )}
    </>
  );
}
