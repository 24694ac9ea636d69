import { catalogue } from "./bench/mod.ts";
import { bench } from "./src/commands/bench.ts";
import { bless } from "./src/commands/bless.ts";
import { canary } from "./src/commands/canary.ts";
import type { Command } from "./src/commands/command.ts";
import { data } from "./src/commands/data.ts";
import { doctor } from "./src/commands/doctor.ts";
import { engineTensorflow } from "./src/commands/engine_tensorflow.ts";
import { gate } from "./src/commands/gate.ts";
import { leaderboard } from "./src/commands/leaderboard.ts";
import { history } from "./src/commands/history.ts";
import { join } from "./src/commands/join.ts";
import { list } from "./src/commands/list.ts";
import { merge } from "./src/commands/merge.ts";
import { publish } from "./src/commands/publish.ts";
import { mainOf } from "./src/commands/shell.ts";
import { tune } from "./src/commands/tune.ts";
import { watch } from "./src/commands/watch.ts";

export const commands: readonly Command[] = [
  bench,
  tune,
  watch,
  gate,
  leaderboard,
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

if (import.meta.main) await mainOf(commands, Deno.args, catalogue);
