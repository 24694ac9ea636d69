import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../src/errors.ts";
import { hostInUrl, isLoopback, mayName } from "../../src/watch/hosts.ts";
import { serve } from "../../src/watch/server.ts";
import { cli } from "../support/runs.ts";
import { eventually, inFolder, openPage, serving, statusFor } from "./support.ts";

Deno.test("a request that a page of another site makes is refused", () =>
  inFolder((results) =>
    serving(results, async (address) => {
      for (const path of ["/", "/events", "/page.js"]) {
        const status = (site: string) => statusFor(address, "localhost:PORT", path, [`Sec-Fetch-Site: ${site}`]);
        assertEquals([path, await status("cross-site"), await status("same-site")], [path, "403", "403"]);
        assertEquals([path, await status("none"), await status("same-origin")], [path, "200", "200"]);
      }
    })
  ));

Deno.test("on another address a page answers to that, to this machine's names, and to no stranger's", () =>
  inFolder(async (results) => {
    const expected: [string, string][] = [
      ["127.0.0.1:PORT", "200"],
      ["localhost:PORT", "200"],
      ["Hunter:PORT", "200"],
      ["hunt.example:PORT", "403"],
      ["hunter.example:PORT", "403"],
      ["192.168.0.7:PORT", "403"],
    ];
    await serving(results, async (address) => {
      for (const [host, status] of expected) assertEquals([host, await statusFor(address, host)], [host, status]);
    }, { ownName: "hunter" });
  }));

Deno.test("names and addresses that a page answers to", () => {
  assertEquals(["::1", "127.0.0.1", "Hunter.lan"].map(hostInUrl), [
    "[::1]",
    "127.0.0.1",
    "hunter.lan",
  ]);
  assertEquals(["", "a b", "a/b", "u@h", "h:80", "1.2.3.400"].map(hostInUrl), Array(6).fill(null));
  assertEquals(["127.0.0.1", "127.9.9.9", "[::1]", "localhost"].filter((host) => !isLoopback(host)), []);
  assertEquals(["0.0.0.0", "[::]", "192.168.0.7", "127.0.0.1.hunt.example"].filter(isLoopback), []);
  // Served everywhere, any address may be meant; a name may be one that a stranger has pointed here.
  for (const every of ["0.0.0.0", "[::]"]) {
    assert(
      mayName("192.168.0.7", every, null) && mayName("[fe80::1]", every, null) && mayName("hunter", every, "Hunter"),
    );
    assertEquals(["hunt.example", "192.168.0.7.hunt.example"].filter((name) => mayName(name, every, "Hunter")), []);
  }
  assert(mayName("192.168.0.7", "192.168.0.7", null) && !mayName("192.168.0.8", "192.168.0.7", null));
});

Deno.test("an address that the task may not listen on is one line with what to give", () =>
  inFolder(async (results) => {
    const args = ["--serve", "--port", "0", "--host", "0.0.0.0", "--results", results];
    const { code, stdout, stderr } = await cli(["watch", ...args], {}, "watch");
    const give = "deno run -P=watch --allow-net=0.0.0.0 main.ts watch --serve --host 0.0.0.0";
    const line = `the page cannot be served: this task may not listen on 0.0.0.0; give: ${give}`;
    assertEquals([code, stdout, stderr], [2, "", `error: ${line}\n`]);
  }));

Deno.test("what is no address of this machine is refused in one line", () => {
  const read = () => ({ results: "", underWay: [], still: [], finished: [], passedOver: [] });
  const runs = { files: new Map(), script: () => null };
  const serveOn = (host: string) => () => serve({ port: 0, host, read, runs, signal: AbortSignal.abort() });
  // The tests, too, may listen on one address alone.
  const { message } = assertThrows(serveOn("192.0.2.1"), UsageError);
  assertStringIncludes(message, "may not listen on 192.0.2.1; give: ");
  assertThrows(serveOn("no address"), UsageError, "expected an address of this machine");
});

Deno.test("the sixty-fifth page is told to come later, and comes when another one has gone", () =>
  inFolder((results) =>
    serving(results, async (address) => {
      const pages = await Promise.all(Array.from({ length: 64 }, () => openPage(address)));
      try {
        assertEquals(pages.map(({ beginning }) => beginning.split("\r\n")[0]), Array(64).fill("HTTP/1.1 200 OK"));
        const late = await openPage(address);
        late.connection.close();
        assertStringIncludes(late.beginning, "HTTP/1.1 503 ");
        assertStringIncludes(late.beginning.toLowerCase(), "\r\nretry-after: 5\r\n");
        assert(late.beginning.endsWith("\r\n\r\nThis page is open 64 times: close some, or try again later.\n"));
        assertEquals(await statusFor(address, "localhost"), "200");
        pages.pop()!.connection.close();
        await eventually(async () => {
          const page = await openPage(address);
          pages.push(page);
          return page.beginning.startsWith("HTTP/1.1 200 ");
        });
      } finally {
        for (const { connection } of pages) connection.close();
      }
    })
  ));
