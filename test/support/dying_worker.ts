import { sealed } from "../../src/run/record/seal.ts";
import { madeUp } from "./records.ts";
import { resolved, storeIn } from "./runs.ts";

/** A worker that misbehaves as the seed of its order says. */
const { value } = await Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader().read();
const { runs: [{ spec }], results } = JSON.parse(value!);
switch (spec.seed) {
  case 0:
    throw new Error("out of luck");
  case 1:
    console.log("this is no JSON");
    Deno.exit(0);
    break;
  case 2:
    console.log(JSON.stringify({ run: 0, kind: "failed", line: "RangeError: told so" }));
    Deno.exit(0);
    break;
  case 3: {
    // Writes a record whose milestone is not that of its curve.
    const { seal: _, ...record } = madeUp({ seed: 3, generalised: 2, memorised: 1, overrides: { maxEpochs: 3 } });
    const generalised = { ...record.generalised!, epoch: 1 };
    const path = storeIn(results).save(resolved(spec), sealed({ ...record, generalised }));
    console.log(JSON.stringify({ run: 0, kind: "finished", path }));
    Deno.exit(0);
    break;
  }
  default:
    // Says that it has finished and has written nothing.
    console.log(JSON.stringify({ run: 0, kind: "finished", path: "nowhere" }));
    Deno.exit(0);
}
