/**
 * The compiled engine beside PyTorch eager, for `deno bench -P=bench-engine bench/engine_bench.ts`.
 *
 * Deno.bench runs its entries one after another; `deno task bench:engine` times the same calls in turns, which is what
 * ratios are to be read from. PEER_PYTHON names a Python with PyTorch; without it there are no peers.
 */
import { DEFAULT_CASES } from "./support/options.ts";
import { PEER_PYTHON } from "./support/peer.ts";
import { pair } from "./support/roster.ts";
import { WHAT } from "./support/subject.ts";

const ENGINE = "onnx";

for (const id of DEFAULT_CASES) {
  const { case: name, subject, peer } = await pair(id, ENGINE, Deno.env.get(PEER_PYTHON));
  for (const what of WHAT) {
    const group = `${name} ${what}`;
    // The evaluator scores two splits a call: both are the training set here.
    const call = what === "evaluate" ? "2 × " : "";
    Deno.bench(`${call}${ENGINE}`, { group, baseline: true }, async () => void await subject.call(what));
    if (peer) Deno.bench(peer.name, { group }, async () => void await peer.call(what));
  }
}
