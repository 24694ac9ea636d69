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
    gridOpacity: 0.12,
    titleFontWeight: "normal",
    labelOverlap: "greedy",
  },
  legend: { labelColor: INK, titleColor: INK, orient: "top", symbolStrokeWidth: 2, labelLimit: 240 },
  title: { color: INK, anchor: "start", fontSize: 13, fontWeight: 600 },
  header: { labelColor: INK, titleColor: INK },
  rule: { color: INK },
  text: { color: INK },
  range: { category: COLOURS },
} as const;

/** Powers of ten within a range, with 2 and 5 between them where it has less than two decades. */
export function logTicks(least: number, greatest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  const decades = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const all = Math.log10(greatest / least) < 2 ? decades.flatMap((power) => [1, 2, 5].map((n) => n * power)) : decades;
  return all.filter((tick) => tick >= least * 0.999 && tick <= greatest * 1.001);
}

/** Attributes that say what is so without them (`site.css` inks text and lines), and names that nothing asks for. */
const IDLE = new RegExp(
  [
    / (?:class|pointer-events|role|aria-[a-z]+|font-family)="[^"]*"/,
    / (?:stroke-width|opacity)="1"| (?:x2|y2)="0"| stroke-dasharray="1,0"| font-weight="normal"/,
    / transform="translate\(0,0\)"|(?<=<text\b[^>]*) fill="currentColor"|(?<=<line\b[^>]*) stroke="currentColor"/,
  ].map(({ source }) => source).join("|"),
  "g",
);

/** Without the groups that say nothing of what is in them. */
function ungrouped(svg: string): string {
  const kept: boolean[] = [];
  return svg.replace(/<g>|<g [^>]*>|<\/g>/g, (tag) => {
    if (tag === "</g>") return kept.pop() ? tag : "";
    kept.push(tag !== "<g>");
    return tag === "<g>" ? "" : tag;
  });
}

/**
 * Half of the bytes for the same picture: coordinates to a tenth of a pixel, nothing that says nothing. What is written in
 * it stays as it is.
 */
const slim = (svg: string) =>
  ungrouped(
    svg.replace(
      /<[^>]+>/g,
      (tag) => tag.replace(IDLE, "").replace(/\d+\.\d{2,}/g, (x) => String(Math.round(10 * Number(x)) / 10)),
    ),
  ).replace(/<path d="M0,0h[\d.]+v[\d.]+h-?[\d.]+Z"\/>/g, "").replaceAll('<path d="" display="none"/>', "");

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
  return { label, svg: `${head}<title>${escapeHtml(label)}</title>${slim(body)}` };
}
