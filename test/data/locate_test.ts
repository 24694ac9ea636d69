import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { readArchive } from "../../src/data/archive.ts";
import { contentsText, isPlausiblyThere, placesOf } from "../../src/data/locate.ts";
import { fake, noise, withFolder } from "./fake.ts";

const NAME = "train-images-idx3-ubyte";
// As images are, so that packing makes them smaller.
const bytes = noise(3000).map((byte) => byte & 15);
const { file, packed } = fake(NAME, bytes);

function put(path: string, content: Uint8Array): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeFileSync(path, content);
}

/** What mirrors, browsers, unpackers and libraries leave of a file. */
const LAYOUTS: readonly (readonly [what: string, path: string, content: Uint8Array])[] = [
  ["as the mirrors have it", `${NAME}.gz`, packed],
  ["unpacked", NAME, bytes],
  ["unpacked by a browser that left the name", `${NAME}.gz`, bytes],
  ["packed, and the name does not say so", NAME, packed],
  ["named as the first page of MNIST did", "train-images.idx3-ubyte", bytes],
  ["where torchvision keeps it", `MNIST/raw/${NAME}`, bytes],
  ["in a folder of its own name", `${NAME}/${NAME}`, bytes],
  ["downloaded twice", `${NAME} (1).gz`, packed],
  ["downloaded twice and unpacked", `${NAME}(2)`, bytes],
  ["in capitals", `${NAME.toUpperCase()}.GZ`, packed],
];

for (const [what, path, content] of LAYOUTS) {
  Deno.test(`a data file is found and read ${what}`, () =>
    withFolder(async (folder) => {
      put(`${folder}/${path}`, content);
      assertEquals([...placesOf(file, folder)], [`${folder}/${path}`]);
      assertEquals(isPlausiblyThere(file, folder), true);
      assertEquals(await readArchive([...placesOf(file, folder)][0], file), bytes);
    }));
}

Deno.test("the usual place comes first, other files and deeper folders are left alone", () =>
  withFolder((folder) => {
    for (const path of [NAME, `${NAME}.gz`, `a/b/${NAME}`, `a/b/c/${NAME}`, "train-labels-idx1-ubyte", `${NAME}.txt`]) {
      put(`${folder}/${path}`, bytes);
    }
    assertEquals([...placesOf(file, folder)], [`${NAME}.gz`, NAME, `a/b/${NAME}`].map((path) => `${folder}/${path}`));
    return Promise.resolve();
  }));

Deno.test("what a folder has is said, and that it is not there", () =>
  withFolder((folder) => {
    assertEquals(contentsText(folder), "it has no files");
    assertEquals(contentsText(`${folder}/none`), "there is no such folder");
    for (let i = 0; i < 7; i++) put(`${folder}/${i}.csv`, bytes);
    assertStringIncludes(contentsText(folder), "it has 0.csv, 1.csv, 2.csv, 3.csv, 4.csv and 2 more files");
    put(`${folder}/small/${NAME}`, bytes.slice(0, 10));
    assertEquals(isPlausiblyThere(file, folder), false);
    return Promise.resolve();
  }));
