import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import { adamL2 } from "./adam_l2.ts";
import { adamL2Scratch } from "./adam_l2_scratch.ts";
import { adamw } from "./adamw.ts";
import { adamwRestart } from "./adamw_restart.ts";
import { adamwTuned } from "./adamw_tuned.ts";
import { ppConn } from "./pp_conn.ts";
import { ppConnAlone } from "./pp_conn_alone.ts";
import { ppConnFast } from "./pp_conn_fast.ts";
import { ppConnGradpred } from "./pp_conn_gradpred.ts";
import { ppConnGradpredAlone } from "./pp_conn_gradpred_alone.ts";
import { ppConnRandom } from "./pp_conn_random.ts";
import { ppm } from "./ppm.ts";
import { ppmAdamw } from "./ppm_adamw.ts";
import { ppmGradpred } from "./ppm_gradpred.ts";
import { ppmNochase } from "./ppm_nochase.ts";
import { ppmNopush } from "./ppm_nopush.ts";
import { ppmScratch } from "./ppm_scratch.ts";

/** Every algorithm, baselines first. */
export const algorithms: readonly Algorithm[] = [
  adamw,
  adamwTuned,
  adamwRestart,
  adamL2,
  adamL2Scratch,
  ppm,
  ppmAdamw,
  ppmGradpred,
  ppmScratch,
  ppmNopush,
  ppmNochase,
  ppConn,
  ppConnFast,
  ppConnGradpred,
  ppConnAlone,
  ppConnGradpredAlone,
  ppConnRandom,
];
