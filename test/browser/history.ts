import { assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { assertReadable, browserTest, visit } from "../support/browser.ts";
import { threeNights } from "../support/history.ts";
import { publishedSite } from "../support/site.ts";

browserTest("the history in a real browser", async (t, browser) => {
  const nights = threeNights();
  const site = await publishedSite("--history", nights);
  try {
    for (const width of [1280, 390]) {
      await t.step(`at ${width} px the verdict is in sight, words stand left and numbers right`, async () => {
        const seen = await visit(browser, `${pathToFileURL(site)}/history.html`, { width });
        await assertReadable(seen, `history-${width}`);
        const cells = await seen.page.evaluate(`[...document.querySelector("tbody tr").children].map((cell) => [
          cell.innerText,
          getComputedStyle(cell).textAlign,
          cell.getBoundingClientRect().right <= innerWidth,
        ])`) as [string, string, boolean][];
        assertEquals(cells.slice(0, 2), [["2026-11-03 02:00", "left", true], ["drift", "left", true]]);
        const counts = ["1", "1", "0", "1"].map((count) => [count, "right"]);
        assertEquals(cells.slice(4, 8).map((cell) => cell.slice(0, 2)), counts);
        assertEquals(cells.at(-1)!.slice(0, 2), ["What has moved: mnist1k ppm: gradient calls to generalise", "left"]);
        await seen.page.close();
      });
    }
  } finally {
    for (const folder of [dirname(site), nights]) Deno.removeSync(folder, { recursive: true });
  }
});
