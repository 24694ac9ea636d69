import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/data/data_error.ts";
import { downloadFiles, type Progress } from "../../src/data/download.ts";
import { fake, noise, put, withFolder } from "./fake.ts";
import { broken, mirror, ranged } from "./fake_mirror.ts";

const { file, packed } = fake("noise", noise(200_000));
const other = fake("noise", noise(200_000, 1)).packed;
const half = packed.length >> 1;

/** Downloads the one file and returns everything that was said, without the repeated "receiving". */
async function download(
  folder: string,
  mirrors: string[],
  onProgress?: (progress: Progress) => void,
  stallMs?: number,
) {
  const said: string[] = [];
  const listen = (progress: Progress) => {
    if (said.at(-1) !== progress.state) said.push(progress.state);
    onProgress?.(progress);
  };
  await downloadFiles({ folder, mirrors, files: [file], onProgress: listen, stallMs });
  return said;
}

const read = (folder: string) => Deno.readFile(`${folder}/noise.gz`);
const names = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name !== ".lock");

Deno.test("downloadFiles() brings a file into a folder that was not there, then keeps it", () =>
  withFolder(async (parent) => {
    const folder = `${parent}/new`;
    await using good = mirror(ranged(packed));
    assertEquals(await download(folder, [good.url]), ["receiving", "done"]);
    assertEquals(await read(folder), packed);
    assertEquals(await download(folder, [good.url]), ["kept"]);
    assertEquals(good.ranges, [null]);
    assertEquals(names(folder), ["noise.gz"]);
  }));

Deno.test("downloadFiles() replaces a damaged copy", () =>
  withFolder(async (folder) => {
    await put(folder, "noise", packed.slice(0, half));
    await using good = mirror(ranged(packed));
    await download(folder, [good.url]);
    assertEquals(await read(folder), packed);
  }));

Deno.test("downloadFiles() goes on where a broken connection stopped", () =>
  withFolder(async (folder) => {
    const arrived = Promise.withResolvers<void>();
    await using flaky = mirror(broken(packed, half, arrived.promise));
    const breakWhenThere = (progress: Progress) => {
      if (progress.state === "receiving" && progress.received === half) arrived.resolve();
    };
    await assertRejects(() => download(folder, [flaky.url], breakWhenThere), DataError, flaky.url);
    assertEquals(names(folder), ["noise.gz.part"]);

    await using good = mirror(ranged(packed));
    await download(folder, [good.url]);
    assertEquals(good.ranges, [`bytes=${half}-`]);
    assertEquals(await read(folder), packed);
    assertEquals(names(folder), ["noise.gz"]);
  }));

Deno.test("downloadFiles() starts from nothing at a server that ignores, refuses or mistakes the range", () =>
  withFolder(async (folder) => {
    const servers = [
      () => new Response(packed),
      (request: Request) => request.headers.has("range") ? new Response(null, { status: 416 }) : new Response(packed),
      (request: Request) =>
        request.headers.has("range")
          ? new Response(packed.slice(1), { status: 206, headers: { "content-range": "bytes 1-9/10" } })
          : new Response(packed),
    ];
    for (const server of servers) {
      await using old = mirror(server);
      // Longer than the file: whatever is not cut off would be seen.
      await Deno.writeFile(`${folder}/noise.gz.part`, noise(packed.length + 1000));
      await download(folder, [old.url]);
      assertEquals(old.ranges[0], `bytes=${packed.length + 1000}-`);
      assertEquals(await read(folder), packed);
      await Deno.remove(`${folder}/noise.gz`);
    }
  }));

Deno.test("downloadFiles() starts again when the bytes of an earlier run were the bad ones", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/noise.gz.part`, other.slice(0, half));
    await using good = mirror(ranged(packed));
    await download(folder, [good.url]);
    assertEquals(good.ranges, [`bytes=${half}-`, null]);
    assertEquals(await read(folder), packed);
  }));

Deno.test("downloadFiles() gives up a mirror that goes silent", () =>
  withFolder(async (folder) => {
    await using silent = mirror(() => new Response(new ReadableStream()));
    await assertRejects(() => download(folder, [silent.url], undefined, 100), DataError, "nothing arrived for 0.1 s");
  }));

Deno.test("downloadFiles() turns to the next mirror after an error or a wrong digest", () =>
  withFolder(async (folder) => {
    await using missing = mirror(() => new Response("<html>not here</html>", { status: 404 }));
    await using wrong = mirror(ranged(other));
    await using good = mirror(ranged(packed));
    const reasons: string[] = [];
    const listen = (progress: Progress) => {
      if (progress.state === "failed") reasons.push(progress.reason);
    };
    await download(folder, ["http://127.0.0.1:1/", missing.url, wrong.url, good.url], listen);
    assertEquals(reasons.length, 3);
    assertEquals(reasons[1], "HTTP 404 Not Found");
    assertStringIncludes(reasons[2], "SHA-256");
    assertEquals(await read(folder), packed);
  }));

Deno.test("downloadFiles() leaves nothing of a file with a wrong digest", () =>
  withFolder(async (folder) => {
    await using wrong = mirror(ranged(other));
    await assertRejects(() => download(folder, [wrong.url]), DataError, "SHA-256");
    assertEquals(names(folder), []);
  }));

Deno.test("downloadFiles() gives the reason of every mirror in one line when all fail", () =>
  withFolder(async (folder) => {
    await using missing = mirror(() => new Response(null, { status: 404 }));
    await using busy = mirror(() => new Response(null, { status: 503 }));
    const { message } = await assertRejects(() => download(folder, [missing.url, busy.url]), DataError);
    assertStringIncludes(message, "downloading noise.gz: every mirror failed");
    assertStringIncludes(message, `${missing.url}: HTTP 404 Not Found; ${busy.url}: HTTP 503 Service Unavailable`);
    assertStringIncludes(message, "deno task data");
    assertEquals(message.split("\n").length, 1);
  }));

Deno.test("downloadFiles() twice at a time downloads once", () =>
  withFolder(async (folder) => {
    await using good = mirror(ranged(packed));
    const said = await Promise.all([download(folder, [good.url]), download(folder, [good.url])]);
    assertEquals(good.ranges, [null]);
    assert(said.some((states) => states.at(-1) === "kept"), `both downloaded: ${JSON.stringify(said)}`);
    assertEquals(await read(folder), packed);
  }));
