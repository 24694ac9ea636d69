import uPlotScript from "uplot/dist/uPlot.iife.min.js" with { type: "text" };
import uPlotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };
import accuracy from "./assets/accuracy.js" with { type: "text" };
import boards from "./assets/boards.js" with { type: "text" };
import run from "./assets/run.js" with { type: "text" };
import script from "./assets/site.js" with { type: "text" };
import style from "./assets/site.css" with { type: "text" };
import { CARD_STYLE } from "./pages/board_tools.tsx";

/** What every page loads, by path in the site: nothing comes from elsewhere. */
export const assets: Readonly<Record<string, string>> = {
  "assets/site.css": style + CARD_STYLE,
  "assets/site.js": script,
  "assets/boards.js": boards,
  "assets/accuracy.js": accuracy,
  "assets/run.js": run,
  "assets/uPlot.iife.min.js": uPlotScript,
  "assets/uPlot.min.css": uPlotStyle,
};
