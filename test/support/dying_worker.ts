/** A worker that misbehaves as the seed of its order says. */
const { value } = await Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader().read();
switch (JSON.parse(value!).spec.seed) {
  case 0:
    throw new Error("out of luck");
  case 1:
    console.log("this is no JSON");
    Deno.exit(0);
    break;
  case 2:
    console.log(JSON.stringify({ kind: "failed", line: "RangeError: told so" }));
    Deno.exit(0);
    break;
  default:
    // Says that it has finished and has written nothing.
    console.log(JSON.stringify({ kind: "finished", path: "nowhere" }));
    Deno.exit(0);
}
