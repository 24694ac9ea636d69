import { work } from "../src/fleet/worker.ts";
import { catalogue } from "./mod.ts";

/** Main module of a worker process. */
if (import.meta.main) await work(catalogue);
