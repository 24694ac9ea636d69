import { assertEquals } from "@std/assert";
import { canLimit } from "../support/limits.ts";
import { eventually, inFolder, servedApart, statusFor } from "./support.ts";

/** Opens connections that ask nothing, more than a server has room for, until one is turned away; then closes them. */
async function flood(address: string): Promise<void> {
  const port = Number(new URL(address).port);
  const open: Deno.Conn[] = [];
  let over = false;
  const turnedAway = async () => {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      over ? connection.close() : open.push(connection);
      return await connection.read(new Uint8Array(1));
    } catch (error) {
      return error;
    }
  };
  const attempts = Array.from({ length: 200 }, turnedAway);
  await Promise.race(attempts);
  over = true;
  for (const connection of open) connection.close();
  await Promise.all(attempts);
}

if (!canLimit) console.log("skipped: no test here of a server without file descriptors: it needs Linux's setrlimit");

Deno.test({
  name: "a server that runs out of file descriptors goes on when there are some again",
  ignore: !canLimit,
  fn: () =>
    inFolder(async (results) => {
      const { child, said, address } = await servedApart(results, "test/support/short_of_files.ts", "test");
      for (const _ of [1, 2]) {
        await flood(address);
        await eventually(() => statusFor(address, "localhost").then((status) => status === "200", () => false));
      }
      child.kill("SIGINT");
      assertEquals((await child.status).code, 0);
      await said.cancel();
    }),
});
