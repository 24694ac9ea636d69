import { glyphsCase } from "./image.ts";
import { omnigrok } from "./mnist1k.ts";

/** The image case where MNIST cannot be downloaded: same model, loss, initialisation and hunt. */
export const glyphs1k = glyphsCase({
  id: "glyphs1k",
  summary: "1,000 digits drawn from seeded strokes, otherwise as mnist1k; needs no download",
  source: "ours, after arXiv:2210.01117",
}, omnigrok);
