import { assertEquals, assertMatch } from "@std/assert";
import { type Line, linesIn, linesOf } from "../../../src/run/record/lines.ts";
import { madeUp } from "../../support/records.ts";

const records = [1, 2, 3].map((seed) => madeUp({ seed, generalised: 30 }));
const WHOLE = linesOf(records);

function read(text: string): { lines: Line[]; wrong: string[] } {
  const found = [...linesIn(text.split("\n"))];
  return {
    lines: found.flatMap((each) => "wrong" in each ? [] : [each]),
    wrong: found.flatMap((each) => "wrong" in each ? [each.wrong] : []),
  };
}

Deno.test("a file of records is read as it was written, with CRLF and empty lines too", () => {
  for (const text of [WHOLE, WHOLE.replaceAll("\n", "\r\n"), `\n${WHOLE}\n\n`, WHOLE.trimEnd()]) {
    const { lines, wrong } = read(text);
    assertEquals(lines.map((line) => JSON.parse(line.text).seed), [1, 2, 3]);
    assertEquals(wrong, []);
  }
  assertEquals(read(""), { lines: [], wrong: [] });
});

Deno.test("files that were appended to each other are one", () => {
  assertEquals(read(WHOLE + linesOf(records.slice(1))).wrong, []);
});

Deno.test("a file that was cut anywhere is noticed, or is whole", () => {
  const kept = WHOLE.split("\n");
  for (let lines = 1; lines < kept.length - 1; lines++) {
    assertMatch(read(kept.slice(0, lines).join("\n")).wrong.join(), new RegExp(`counts its ${lines} records`));
  }
  assertMatch(read(kept.slice(1).join("\n")).wrong.join(), /line 3 counts 3 records, there are 2: it was cut/);
  assertMatch(read(WHOLE + kept[0]).wrong.join(), /no last line counts its 1 records/);
});
