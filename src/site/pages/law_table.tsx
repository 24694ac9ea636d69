import type { CaseLaws } from "../../report/board.ts";
import { supported } from "../../report/laws_markdown.ts";
import * as text from "../../text.ts";

const end = (x: number | null) => x === null || !Number.isFinite(x) ? "∞" : x.toPrecision(3);

/** Fitted laws by algorithm, best first, with intervals for the one that is claimed. */
export function LawTable({ laws: { case: id, law: claimed, figures } }: { readonly laws: CaseLaws }) {
  const rows = figures.flatMap((own) => {
    const { algorithm, fits, intervals, runs } = own;
    const claims = own.claimed ? own.formula : text.NOTHING;
    const count = runs.censored ? `${runs.events} + ${runs.censored} censored` : `${runs.events}`;
    const head = { algorithm, claims, says: supported(own), runs: count };
    if (fits.length === 0) {
      return [{ key: algorithm, ...head, law: text.NOTHING, parameters: "", behind: "", rSquared: "" }];
    }
    const best = Math.min(...fits.map(({ aicc }) => aicc ?? Infinity));
    return fits.map((fit, i) => ({
      key: `${algorithm} ${fit.law}`,
      ...head,
      ...(i ? { claims: "", says: "", runs: "" } : {}),
      law: fit.law,
      parameters: Object.entries(fit.parameters).map(([name, value]) => {
        const interval = fit.law === claimed ? intervals?.[name] : null;
        return `${name} = ${value.toPrecision(3)}${interval ? ` [${end(interval.low)}, ${end(interval.high)}]` : ""}`;
      }).join(", "),
      behind: Number.isFinite(best) ? (fit.aicc - best).toFixed(1) : text.NOTHING,
      rSquared: fit.rSquared?.toFixed(2) ?? text.NOTHING,
    }));
  });
  const columns = ["algorithm", "claimed by the paper", "supported", "runs", "law", "parameters", "Δ AICc", "R²"];
  return (
    <div class="scroll" role="region" aria-label={`Fitted laws of ${id}`} tabIndex={0}>
      <table>
        <caption>Laws fitted to log T by maximum likelihood, T in epochs</caption>
        <thead>
          <tr>{columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ key, algorithm, ...row }) => (
            <tr key={key}>
              <th scope="row">{algorithm}</th>
              {Object.values(row).map((value, i) => <td key={i}>{value}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
