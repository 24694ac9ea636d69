import { type Config, optimize } from "svgo";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { escapeHtml } from "./html.ts";

/** A drawing for a page. */
export interface Figure {
  /** What a reader who does not see it needs to know; also its tooltip. */
  readonly label: string;
  readonly svg: string;
}

/** Readable on white and on near-black alike: each has a contrast of 3:1 or more on both. */
const COLOURS = ["#3b82c4", "#d97706", "#2f9e44", "#e03131", "#9c5fd6", "#868e96", "#0e9aa7", "#c2418d"];

/** Text and lines take the colour of the page, so that one drawing serves its light and its dark form. */
const INK = "currentColor";
const config = {
  background: "transparent",
  font: "inherit",
  view: { stroke: null },
  axis: {
    domainColor: INK,
    ticks: false,
    labelPadding: 5,
    labelColor: INK,
    titleColor: INK,
    gridColor: INK,
    gridOpacity: 0.1,
    titleFontWeight: "normal",
    labelOverlap: "greedy",
  },
  legend: { labelColor: INK, titleColor: INK, orient: "top", symbolStrokeWidth: 2, labelLimit: 240 },
  title: { color: INK, subtitleColor: INK, anchor: "start", fontSize: 13, fontWeight: 600 },
  header: { labelColor: INK, titleColor: INK },
  rule: { color: INK },
  text: { color: INK },
  range: { category: COLOURS },
} as const;

/** Powers of ten within a range, with 2 and 5 between them in less than two decades, and more in less than one. */
export function logTicks(least: number, greatest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  const decades = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const width = Math.log10(greatest / least);
  const steps = width < 1 ? [1, 2, 3, 4, 5, 6, 8] : width < 2 ? [1, 2, 5] : [1];
  const all = decades.flatMap((power) => steps.map((n) => n * power));
  return all.filter((tick) => tick >= least * 0.999 && tick <= greatest * 1.001);
}

/** The same picture in half of the bytes: coordinates to a tenth of a pixel, names and defaults that nothing asks for left out. */
const SLIM: Config = {
  floatPrecision: 1,
  multipass: true,
  plugins: [
    {
      name: "removeAttrs",
      params: {
        attrs: [
          "class",
          "pointer-events",
          "font-family",
          "(g|path|text|line):(role|aria-.*)",
          "path:stroke-dasharray:1,0",
        ],
      },
    },
    {
      name: "preset-default",
      params: {
        overrides: {
          removeUnknownsAndDefaults: { keepRoleAttr: true },
          removeUselessStrokeAndFill: { removeNone: true },
        },
      },
    },
  ],
};

/**
 * Draws a Vega-Lite specification as SVG.
 *
 * @param label what it shows, in words
 */
export async function draw(spec: Record<string, unknown>, label: string): Promise<Figure> {
  const { spec: compiled } = compile({ ...spec, config } as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  const drawn = await view.toSVG();
  view.finalize();
  // It scales with its column; the marks inside are one image to whoever listens to the page.
  const size = /width="([\d.]+)" height="([\d.]+)"/.exec(drawn)!;
  const [width, height] = size.slice(1).map((text) => Math.ceil(Number(text)));
  const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(label)}" ` +
    `viewBox="0 0 ${width} ${height}" style="max-width:${width}px">`;
  const body = drawn.slice(drawn.indexOf(">") + 1).replace(/<rect [^>]*fill="transparent"\/>/, "");
  return { label, svg: optimize(`${head}<title>${escapeHtml(label)}</title>${body}`, SLIM).data };
}
