import uPlotScript from "uplot/dist/uPlot.iife.min.js" with { type: "text" };
import uPlotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };
import run from "./assets/run.js" with { type: "text" };
import script from "./assets/site.js" with { type: "text" };
import style from "./assets/site.css" with { type: "text" };
import theme from "./assets/theme.js" with { type: "text" };

/** What every page loads, by path in the site: nothing comes from elsewhere. */
export const assets: Readonly<Record<string, string>> = {
  "assets/site.css": style,
  "assets/site.js": script,
  "assets/theme.js": theme,
  "assets/run.js": run,
  "assets/uPlot.iife.min.js": uPlotScript,
  "assets/uPlot.min.css": uPlotStyle,
};
