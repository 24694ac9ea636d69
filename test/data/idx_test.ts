import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/data/data_error.ts";
import { parseIdx } from "../../src/data/idx.ts";
import { idxFile } from "./fake.ts";

const images = idxFile([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

Deno.test("parseIdx() reads labels", () => {
  const { dims, rowLength, values } = parseIdx(idxFile([3], [7, 0, 9]), "labels", 1);
  assertEquals(dims, [3]);
  assertEquals(rowLength, 1);
  assertEquals([...values], [7, 0, 9]);
});

Deno.test("parseIdx() reads images", () => {
  const { dims, rowLength, values } = parseIdx(images, "images", 3);
  assertEquals(dims, [3, 2, 2]);
  assertEquals(rowLength, 4);
  assertEquals([...values], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

Deno.test("parseIdx() reads the first rows of a file whose end is not there", () => {
  const { dims, values } = parseIdx(images.subarray(0, 16 + 8), "images", 3, 2);
  assertEquals(dims, [3, 2, 2]);
  assertEquals([...values], [1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("parseIdx() reads a view that begins inside its buffer", () => {
  const shifted = new Uint8Array([0xff, 0xff, ...idxFile([2], [4, 5])]).subarray(2);
  assertEquals([...parseIdx(shifted, "labels", 1).values], [4, 5]);
});

Deno.test("parseIdx() refuses what is not the expected IDX file and says what it found", () => {
  const refuse = (bytes: Uint8Array, rank: number, message: string, rows?: number) =>
    assertThrows(() => parseIdx(bytes, "a-file", rank, rows), DataError, message);
  refuse(images, 1, "reading a-file: IDX magic number 0x00000803, expected 0x00000801");
  refuse(new TextEncoder().encode("<html>"), 1, "6 bytes, too short for an IDX header of 8 bytes");
  refuse(new TextEncoder().encode("<html></html>"), 1, "IDX magic number 0x3c68746d, expected 0x00000801");
  refuse(images.subarray(0, images.length - 1), 3, "truncated, 27 bytes where 3 rows need 28");
  refuse(new Uint8Array([...images, 0]), 3, "1 bytes follow the announced 3 rows");
  refuse(images, 3, "4 rows wanted, the file has 3", 4);
});
