import { main } from "../../main.ts";

/** `main.ts` as another version of Deno would run it. */
if (import.meta.main) {
  const [version, ...args] = Deno.args;
  await main(version, args);
}
