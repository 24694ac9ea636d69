import { assertEquals } from "@std/assert";
import { sampled, spark } from "../../src/report/spark.ts";

Deno.test("a sparkline is as wide as asked, from its lowest number to its highest", () => {
  assertEquals(spark([0, 1, 2, 3, 4, 5, 6, 7, 8], 9), "▁▁▂▃▄▅▆▇█");
  assertEquals(spark([1, 2], 5), "▁█   ");
  assertEquals(spark([0.25, 1], 2, [0, 1]), "▂█");
});

Deno.test("sparklines of nothing, of nulls, of one value and of one number", () => {
  assertEquals(spark([], 4), "    ");
  assertEquals(spark([null, null], 4), "    ");
  assertEquals(spark([7, 7, 7], 4), "▅▅▅ ");
  assertEquals(spark([0, 0, 0], 4), "▁▁▁ ");
  assertEquals(spark([null, 3, null, 5], 4), " ▁ █");
  assertEquals(spark([1, 1], 2, [0, 1]), "██");
  assertEquals(spark([0, 0], 2, [0, 1]), "▁▁");
});

Deno.test("a long column is shortened to the last number of each stretch, the last of all among them", () => {
  const column = Array.from({ length: 1001 }, (_, i) => i);
  assertEquals(sampled(column, 4), [249, 499, 749, 1000]);
  assertEquals(sampled([1, null, null, 2, null, null], 2), [1, 2]);
  assertEquals(sampled([1, 2, null, null], 2), [2, null]);
});
