import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import { adam } from "./adam.ts";
import { adamL2 } from "./adam_l2.ts";
import { adamL2Scratch } from "./adam_l2_scratch.ts";
import { adamw } from "./adamw.ts";
import { adamwRestart } from "./adamw_restart.ts";
import { adamwTuned } from "./adamw_tuned.ts";
import { adamwWd1 } from "./adamw_wd1.ts";
import { egd, egdOff } from "./egd.ts";
import { emaNesterov } from "./ema_nesterov.ts";
import { grokadamw, grokadamwOff } from "./grokadamw.ts";
import { grokfast, grokfastOff } from "./grokfast.ts";
import { grokfastMa, grokfastMaOff } from "./grokfast_ma.ts";
import { lion, lionOff } from "./lion.ts";
import { muon, muonOff } from "./muon.ts";
import { muonCap } from "./muon_cap.ts";
import { normProjection } from "./norm_projection.ts";
import { orthograd } from "./orthograd.ts";
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
import { ravine, ravineSgd } from "./ravine.ts";
import { sam } from "./sam.ts";
import { sgd } from "./sgd.ts";
import { sgld } from "./sgld.ts";
import { stablemax, stablemaxOff } from "./stablemax.ts";

/** Every algorithm: baselines and the paper's own first, then those of others, each followed by its control. */
export const algorithms: readonly Algorithm[] = [
  adamw,
  adamwWd1,
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
  grokfast,
  grokfastOff,
  grokfastMa,
  grokfastMaOff,
  grokadamw,
  grokadamwOff,
  orthograd,
  normProjection,
  adam,
  stablemax,
  stablemaxOff,
  muon,
  muonOff,
  muonCap,
  egd,
  egdOff,
  lion,
  lionOff,
  sam,
  ravine,
  ravineSgd,
  sgd,
  emaNesterov,
  sgld,
];
