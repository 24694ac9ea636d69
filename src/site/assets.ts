import uPlotScript from "uplot/dist/uPlot.iife.min.js" with { type: "text" };
import uPlotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };
import accuracy from "./assets/accuracy.js" with { type: "text" };
import boards from "./assets/boards.js" with { type: "text" };
import compare from "./assets/compare.js" with { type: "text" };
import curves from "./assets/curves.js" with { type: "text" };
import numbers from "./assets/numbers.js" with { type: "text" };
import plots from "./assets/plots.js" with { type: "text" };
import run from "./assets/run.js" with { type: "text" };
import runCharts from "./assets/run_charts.js" with { type: "text" };
import runStyle from "./assets/run.css" with { type: "text" };
import runs from "./assets/runs.js" with { type: "text" };
import script from "./assets/site.js" with { type: "text" };
import style from "./assets/site.css" with { type: "text" };
import theme from "./assets/theme.js" with { type: "text" };
import { CARD_STYLE } from "./pages/board_tools.tsx";

/** A script of ours without comments and indentation: a fifth of what a reader would load. None has a text of several lines. */
const slim = (script: string): string => script.replace(/^ *(?:\/\/|\/\*|\*).*\n/gm, "").replace(/^ +/gm, "");

/** What pages load, by path in the site: nothing comes from elsewhere. */
export const assets: Readonly<Record<string, string>> = {
  "assets/site.css": style + CARD_STYLE,
  "assets/site.js": slim(script),
  "assets/boards.js": slim(boards),
  "assets/accuracy.js": slim(accuracy),
  "assets/theme.js": slim(theme),
  "assets/numbers.js": slim(numbers),
  "assets/curves.js": slim(curves),
  "assets/plots.js": slim(plots),
  "assets/runs.js": slim(runs),
  "assets/run_charts.js": slim(runCharts),
  "assets/run.js": slim(run),
  "assets/compare.js": slim(compare),
  "assets/run.css": runStyle,
  "assets/uPlot.iife.min.js": uPlotScript,
  "assets/uPlot.min.css": uPlotStyle,
};
