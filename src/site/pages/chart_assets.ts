const SHARED = ["uPlot.iife.min", "numbers", "curves", "plots", "runs"];

/** What a page with charts of curves loads, its own scripts last. */
export const chartAssets = (...own: readonly string[]) => ({
  styles: ["assets/uPlot.min.css", "assets/run.css"],
  scripts: [...SHARED, ...own].map((name) => `assets/${name}.js`),
});
