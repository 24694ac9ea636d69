import { add139, add139Hypercube, add139Norm } from "./add139.ts";
import type { Case } from "../../src/problem/case.ts";
import { div97 } from "./div97.ts";
import { div97Smallinit } from "./div97_smallinit.ts";
import { glyphs1k } from "./glyphs1k.ts";
import { add97, div113 } from "./laptop.ts";
import { mnist1k } from "./mnist1k.ts";
import { tinyAdd, tinyDiv, tinyGlyphs } from "./tiny.ts";

/** Every case. */
export const cases: readonly Case[] = [
  div97,
  div97Smallinit,
  mnist1k,
  glyphs1k,
  add139,
  add139Norm,
  add139Hypercube,
  div113,
  add97,
  tinyDiv,
  tinyAdd,
  tinyGlyphs,
];
