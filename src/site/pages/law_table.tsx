import type { CaseLaws } from "../../report/board.ts";
import { supported } from "../../report/laws_markdown.ts";
import * as text from "../../text.ts";

const end = (x: number | null) => x === null || !Number.isFinite(x) ? "∞" : x.toPrecision(3);

/** Fitted laws by algorithm, best first, with intervals for the one that is claimed. */
export function LawTable({ laws: { case: id, law: claimed, figures } }: { readonly laws: CaseLaws }) {
  const rows = figures.flatMap((own) => {
    const { algorithm, fits, intervals, runs } = own;
    const best = Math.min(...fits.map(({ aicc }) => aicc ?? Infinity));
    return fits.map((fit, i) => ({
      key: `${algorithm} ${fit.law}`,
      algorithm,
      says: i ? "" : supported(own),
      runs: runs.censored ? `${runs.events} + ${runs.censored} censored` : `${runs.events}`,
      law: fit.law,
      parameters: Object.entries(fit.parameters).map(([name, value]) => {
        const interval = fit.law === claimed ? intervals?.[name] : null;
        return `${name} = ${value.toPrecision(3)}${interval ? ` [${end(interval.low)}, ${end(interval.high)}]` : ""}`;
      }).join(", "),
      behind: Number.isFinite(best) ? (fit.aicc - best).toFixed(1) : text.NOTHING,
      rSquared: fit.rSquared?.toFixed(2) ?? text.NOTHING,
    }));
  });
  const columns = ["algorithm", "found", "runs", "law", "parameters", "Δ AICc", "R²"];
  return (
    <div class="scroll" role="region" aria-label={`Fitted laws of ${id}`} tabIndex={0}>
      <table>
        <caption>Laws fitted to log T by maximum likelihood, T in epochs</caption>
        <thead>
          <tr>{columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ key, algorithm, says, ...row }) => (
            <tr key={key}>
              <th scope="row">{algorithm}</th>
              <td>{says}</td>
              {Object.values(row).map((value, i) => <td key={i}>{value}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
