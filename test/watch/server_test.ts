import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { watch } from "../../src/commands/watch.ts";
import { UsageError } from "../../src/errors.ts";
import { StateEvents } from "../../src/watch/events.ts";
import type { Snapshot } from "../../src/watch/view.ts";
import { catalogue, cli } from "../support/runs.ts";
import { inFolder, madeUpCheckpoint, save, servedApart, serving, statusFor } from "./support.ts";

/** Messages of an event stream, as they come. */
async function* messages(response: Response): AsyncGenerator<string> {
  let rest = "";
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop()!;
    yield* parts;
  }
}

/** The next state of a stream, past heartbeats and the like. */
async function nextState(stream: AsyncGenerator<string>): Promise<Snapshot> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error("the stream has ended");
    const data = /^event: state\nid: \d+\ndata: (.*)$/.exec(value);
    if (data) return JSON.parse(data[1]);
  }
}

Deno.test("a page is told the state, then each change, and a later page the last state at once", () =>
  inFolder((results) =>
    serving(results, async (address, end) => {
      const response = await fetch(`${address}events`);
      assertEquals(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
      const stream = messages(response);
      assertEquals((await stream.next()).value, "retry: 2000");
      assertEquals((await nextState(stream)).underWay, []);
      for (const epoch of [5, 6]) {
        save(results, madeUpCheckpoint(epoch));
        assertEquals((await nextState(stream)).underWay.map((run) => run.epoch), [epoch]);
      }
      assertEquals((await stream.next()).value, ": heartbeat");
      const later = messages(await fetch(`${address}events`));
      assertEquals((await nextState(later)).underWay.map((run) => run.epoch), [6]);
      await end();
      for (const each of [stream, later]) {
        for await (const rest of each) assertEquals(rest, ": heartbeat");
      }
    })
  ));

Deno.test("a page that does not read is let go and told the rest when it comes back", () => {
  const events = new StateEvents();
  const slow = events.stream();
  for (let i = 0; i < 100; i++) events.publish(`${i}`);
  events.publish("99");
  return Array.fromAsync(slow).then(async (told) => {
    // What waits for it is dropped with it: nobody may ever read it.
    assertEquals(told, []);
    const again = Array.fromAsync(events.stream().pipeThrough(new TextDecoderStream()));
    events.close();
    assertEquals((await again).join(""), "retry: 2000\n\nevent: state\nid: 100\ndata: 99\n\n");
  });
});

Deno.test("whoever names another host is refused", () =>
  inFolder((results) =>
    serving(results, async (address) => {
      for (const host of ["127.0.0.1:PORT", "localhost:PORT", "localhost"]) {
        assertEquals(await statusFor(address, host), "200", host);
      }
      const foreign = [
        "hunt.example",
        "hunt.example:PORT",
        "127.0.0.1.hunt.example",
        "localhost.hunt.example",
        "[::1]",
        "",
        null,
      ];
      for (const host of foreign) {
        for (const path of ["/", "/events"]) {
          assert(["400", "403"].includes(await statusFor(address, host, path)), host ?? "none");
        }
      }
      assertEquals(await statusFor(address, "hunt.example"), "403");
    })
  ));

Deno.test("the page and all that it needs come from here, and nothing else does", () =>
  inFolder((results) =>
    serving(results, async (address) => {
      const get = async (path: string, init?: RequestInit) => {
        const response = await fetch(new URL(path, address), init);
        return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
      };
      const page = await get("/");
      assertEquals([page.status, page.type], [200, "text/html; charset=utf-8"]);
      const needed = [...page.text.matchAll(/(?:href|src)="(?!data:)([^"]+)"/g)].map(([, path]) => path);
      assert(needed.includes("/assets/uPlot.iife.min.js") && needed.includes("/assets/uPlot.min.css"));
      for (const path of [...needed, "/curves.js", "/table.js"]) {
        const { status, text } = await get(path);
        assertEquals([path, status, text.length > 500], [path, 200, true]);
        for (const [, module] of text.matchAll(/^import .* from "([^"]+)"/gm)) {
          assertEquals((await get(module)).status, 200, module);
        }
      }
      assertEquals((await get("/../deno.json")).status, 404);
      assertEquals((await get("/", { method: "POST" })).status, 405);
      assertEquals((await get("/events", { method: "HEAD" })).text, "");
    })
  ));

Deno.test("a port that is taken is one line and exit code 2", () =>
  inFolder(async (results) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const args = ["--serve", "--port", `${taken.addr.port}`, "--results", results];
    const { code, stdout, stderr } = await cli(["watch", ...args], {}, "watch");
    assertEquals([code, stdout], [2, ""]);
    const line =
      `the page cannot be served: port ${taken.addr.port} is taken by another program; choose another one with --port`;
    assertEquals(stderr, `error: ${line}\n`);
  }));

Deno.test("watch refuses what it cannot do, in one line", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const refused: [string[], string][] = [
      [["--port", "8000"], "give --serve with it"],
      [["--host", "0.0.0.0"], "give --serve with it"],
      [["--serve", "--host", "a b"], "expected an address of this machine"],
      [["--serve", "--host", "127.0.0.1:80"], "expected an address of this machine"],
      [["--serve", "--once"], "leave out one of them"],
      [["--serve", "--port", "70000"], "the last port is 65535"],
      [["--serve", "--port", "http"], "expected a whole number"],
      [["-c", "div79"], "did you mean 'div97'"],
      [["-a", "pp-con"], "did you mean 'pp-conn'"],
      [["--results", `${folder}/file`], "is no folder"],
      [["-s", "1"], "unknown flag '-s'"],
    ];
    for (const [args, message] of refused) {
      const error = await assertRejects(() => watch.run(args, catalogue), UsageError);
      assertStringIncludes(error.message, message);
      assertEquals(error.message.split("\n").length, 1);
    }
  }));

Deno.test("Ctrl-C closes the streams and the server, with exit code 0", () =>
  inFolder(async (results) => {
    const { child, said, address } = await servedApart(results, "main.ts", "watch");
    const stream = messages(await fetch(`${address}events`));
    assertEquals((await nextState(stream)).underWay, []);
    child.kill("SIGINT");
    assertEquals((await child.status).code, 0);
    for await (const rest of stream) assertEquals(rest, ": heartbeat");
    assertEquals((await said.read()).done, true);
  }));
