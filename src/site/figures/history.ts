import { VERDICTS } from "../../gate/finding.ts";
import { draw, type Figure } from "../chart.ts";
import type { PastVerdict } from "../../report/history.ts";

/** Findings of each judgement by verdict, one stack a judgement. */
export function drawHistory(history: readonly PastVerdict[]): Promise<Figure> {
  const values = history.flatMap(({ judgedAt, counts }) =>
    VERDICTS.map((verdict) => ({ judgedAt: judgedAt.slice(0, 16).replace("T", " "), verdict, count: counts[verdict] }))
  );
  const spec = {
    width: { step: 18 },
    height: 180,
    data: { values },
    mark: "bar",
    encoding: {
      x: { field: "judgedAt", type: "ordinal", title: null },
      y: { field: "count", type: "quantitative", title: "findings", axis: { tickMinStep: 1, format: "d" } },
      color: {
        field: "verdict",
        type: "nominal",
        title: null,
        scale: { domain: VERDICTS, range: ["#e03131", "#868e96", "#d97706", "#2f9e44"] },
      },
      order: { field: "verdict" },
    },
  };
  return draw(spec, `Findings of ${history.length} judgements by verdict; the last is ${history.at(-1)!.verdict}`);
}
