import * as text from "../../text.ts";
import { draw, type Figure } from "../chart.ts";
import type { Overall } from "../performance_profile.ts";

/** Over fewer problems a profile has so few steps that the table says it better. */
const LEAST_PROBLEMS = 6;

/** Share of the problems on which an algorithm is within τ of the fastest; null over few problems. */
export function drawProfiles({ profiles, problems, standings }: Overall): Promise<Figure> | null {
  if (problems.length < LEAST_PROBLEMS) return null;
  // Colour and dashes tell of the same thing: one scale and one legend for both, or they are said to conflict.
  const algorithm = {
    field: "algorithm",
    type: "nominal",
    title: null,
    scale: { domain: standings.map(({ algorithm }) => algorithm) },
    legend: { orient: "right", columns: 1 },
  };
  const spec = {
    width: 420,
    height: 220,
    data: { values: profiles },
    mark: { type: "line", interpolate: "step-after", strokeWidth: 1.6 },
    encoding: {
      x: {
        field: "tau",
        type: "quantitative",
        title: "τ: times the fastest (log)",
        scale: { type: "log" },
        axis: { values: [1, 2, 5, 10, 20, 50, 100] },
      },
      y: { field: "share", type: "quantitative", title: "share of problems within τ", scale: { domain: [0, 1] } },
      color: algorithm,
      strokeDash: algorithm,
    },
  };
  const scores = standings.map(({ algorithm, score }) => `${algorithm} ${text.percent(score)}`).join(", ");
  return draw(spec, `Performance profiles over ${problems.join(", ")}; area: ${scores}`);
}
