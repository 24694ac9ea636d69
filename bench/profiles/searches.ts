import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import type { Values } from "../../src/declare/field.ts";
import type { Searched } from "../../src/declare/tuning.ts";
import { muon } from "../algorithms/muon.ts";
import { grokfast } from "../algorithms/grokfast.ts";
import { lion } from "../algorithms/lion.ts";
import { orthograd } from "../algorithms/orthograd.ts";
import { adamL2 } from "../algorithms/adam_l2.ts";
import { ppConn } from "../algorithms/pp_conn.ts";
import { ppm } from "../algorithms/ppm.ts";
import { ppmAdamw } from "../algorithms/ppm_adamw.ts";

/** Whose search is kept, in the order of the tables. */
export const SEARCHED: readonly Algorithm[] = [adamL2, ppm, ppConn, ppmAdamw, muon, grokfast, lion, orthograd];

/** Of these, who has not been run on fresh seeds yet: they are in no table of what a search is worth, and not ranked. */
export const NOT_MEASURED: readonly string[] = ["lion", "orthograd"];

const PPM: Values = { learningRate: 0.00219, weightDecay: 0.0091, A: 95.4, sigma: 61, alphaP: 7.11 };
const PPM_ADAMW: Values = { ...PPM, weightDecay: 0.455 };
const ADAM_L2: Values = { learningRate: 0.00359, weightDecay: 0.000172 };

/**
 * What the searches came to, by problem and method. The first four were run with both seeds at every setting.
 * test/contract/tuned_test.ts holds all of it to the records.
 */
export const SEARCHES: Readonly<Record<string, Readonly<Record<string, Searched>>>> = {
  div113: {
    "adam-l2": { found: ADAM_L2 },
    ppm: { found: PPM },
    "pp-conn": { found: {} },
    "ppm-adamw": { found: PPM_ADAMW },
    muon: {
      found: { learningRate: 0.0369, weightDecay: 0.0238, restRate: 0.00581, restDecay: 0.0296 },
      goneOn: [0, 1, 4, 5, 9],
    },
    grokfast: { found: { learningRate: 0.000789, weightDecay: 0.000335, kept: 0.813, amplify: 0.401 }, goneOn: [9] },
    lion: { found: { learningRate: 0.00101, weightDecay: 0.344 }, goneOn: [3, 8] },
    orthograd: { found: { learningRate: 0.00232 }, goneOn: [0, 1, 2, 3, 5, 6, 7, 8, 11] },
  },
  add97: {
    "adam-l2": { found: ADAM_L2 },
    ppm: { found: PPM },
    "pp-conn": { found: { learningRate: 0.00127, weightDecay: 0.00116, A: 10.8, sigma: 3.94, alphaP: 280 } },
    "ppm-adamw": { found: PPM_ADAMW },
    muon: {
      found: { learningRate: 0.0714, weightDecay: 0.276, restRate: 0.000321, restDecay: 2.07 },
      goneOn: [0, 1, 4, 5, 8, 9, 11],
    },
    grokfast: { found: { learningRate: 0.00155, weightDecay: 0.00148, kept: 0.775, amplify: 0.063 }, goneOn: [1, 9] },
    lion: { found: { learningRate: 0.00111, weightDecay: 4.51 }, goneOn: [3, 7, 8] },
    orthograd: { found: { learningRate: 0.00454 }, goneOn: [0, 1, 2, 3, 5, 6, 8, 9, 10, 11] },
  },
  mnist1k: {
    "adam-l2": { found: ADAM_L2 },
    ppm: { found: PPM },
    "pp-conn": { found: { learningRate: 0.00378, weightDecay: 0.0712, A: 844, sigma: 0.946, alphaP: 181 } },
    "ppm-adamw": { found: PPM_ADAMW },
    muon: {
      found: { learningRate: 0.0703, weightDecay: 0.978, restRate: 0.00204, restDecay: 0.25 },
      goneOn: [0, 3, 4, 7, 8, 11],
    },
    grokfast: { found: {}, goneOn: [0] },
    lion: { found: { learningRate: 0.00111, weightDecay: 4.51 }, goneOn: [2, 7, 9] },
    orthograd: { found: null, goneOn: [] },
  },
};
