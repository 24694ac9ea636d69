import { bench } from "./bench.ts";
import { bless } from "./bless.ts";
import { canary } from "./canary.ts";
import type { Command } from "./command.ts";
import { data } from "./data.ts";
import { doctor } from "./doctor.ts";
import { engineTensorflow } from "./engine_tensorflow.ts";
import { enter } from "./enter.ts";
import { gate } from "./gate.ts";
import { leaderboard } from "./leaderboard.ts";
import { history } from "./history.ts";
import { join } from "./join.ts";
import { list } from "./list.ts";
import { merge } from "./merge.ts";
import { publish } from "./publish.ts";
import { rank } from "./rank.ts";
import { tune } from "./tune.ts";
import { watch } from "./watch.ts";

/** Every command, in the order in which they are listed. */
export const commands: readonly Command[] = [
  bench,
  tune,
  enter,
  watch,
  gate,
  leaderboard,
  rank,
  publish,
  canary,
  bless,
  merge,
  join,
  history,
  list,
  data,
  doctor,
  engineTensorflow,
];
