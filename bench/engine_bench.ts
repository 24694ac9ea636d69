/**
 * The compiled engine beside PyTorch, for `deno bench -P=bench-engine bench/engine_bench.ts`.
 *
 * Deno.bench runs its entries one after another; `deno task bench:engine` times the same calls in turns, which is what
 * ratios are to be read from. PEER_PYTHON names a Python with PyTorch; without it there are no peers.
 */
import { DEFAULT_CASES } from "../tools/engine/options.ts";
import { PEER_PYTHON } from "../tools/engine/peer.ts";
import { contestOf, present } from "../tools/engine/roster.ts";
import { WHAT } from "../tools/engine/subject.ts";

const ENGINE = "onnx";

for (const id of present(DEFAULT_CASES)) {
  const invitation = { python: Deno.env.get(PEER_PYTHON), modes: ["eager", "compile"] as const, lanes: 1 };
  const { subject, peers } = await contestOf(id, ENGINE, invitation);
  for (const what of WHAT) {
    const group = `${id} ${what}`;
    Deno.bench(ENGINE, { group, baseline: true }, async () => void await subject.call(what));
    for (const peer of peers) {
      Deno.bench(peer.name, { group }, async () => void await peer.call(what));
    }
  }
}
