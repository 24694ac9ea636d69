import { assertEquals, assertRejects } from "@std/assert";
import { readArchive } from "../../src/data/archive.ts";
import { DataError } from "../../src/data/data_error.ts";
import { fake, noise, put, withFolder } from "./fake.ts";

const bytes = noise(600_000);
const { file, packed } = fake("noise", bytes);

Deno.test("readArchive() returns the verified bytes, or only the first of them", () =>
  withFolder(async (folder) => {
    await put(folder, "noise", packed);
    assertEquals(await readArchive(`${folder}/noise.gz`, file), bytes);
    // More than one piece of the unpacker, and less than one.
    assertEquals(await readArchive(`${folder}/noise.gz`, file, 300_001), bytes.slice(0, 300_001));
    assertEquals(await readArchive(`${folder}/noise.gz`, file, 3), bytes.slice(0, 3));
    assertEquals((await readArchive(`${folder}/noise.gz`, file, 0)).length, 0);
  }));

Deno.test("readArchive() verifies also the bytes it does not return", () =>
  withFolder(async (folder) => {
    const changed = bytes.slice();
    changed[changed.length - 1] ^= 1;
    await put(folder, "noise", fake("noise", changed).packed);
    const error = await assertRejects(() => readArchive(`${folder}/noise.gz`, file, 3), DataError, "SHA-256");
    assertEquals(error.message.includes(file.sha256), true);
    assertEquals(error.message.includes("\n"), false);
  }));

Deno.test("readArchive() refuses truncated, too short, too long and other files", () =>
  withFolder(async (folder) => {
    const refuse = async (content: Uint8Array, message: string) => {
      await put(folder, "noise", content);
      await assertRejects(() => readArchive(`${folder}/noise.gz`, file), DataError, message);
    };
    await refuse(packed.slice(0, packed.length / 2), "unexpected end of file");
    await refuse(fake("noise", bytes.slice(1)).packed, "unpacks to 599999 bytes, expected 600000");
    await refuse(fake("noise", noise(700_000)).packed, "unpacks to more than the expected 600000 bytes");
    await refuse(new TextEncoder().encode("<html>not here</html>"), "unpacks to 21 bytes, expected 600000");
    await refuse(new Uint8Array(), "noise.gz");
    await assertRejects(() => readArchive(`${folder}/absent.gz`, file), DataError, "absent.gz");
  }));
