import { assertEquals } from "@std/assert";
import { WatchedFolder } from "../../src/watch/folder.ts";
import { serve } from "../../src/watch/server.ts";
import { assertReadable, browserTest, visit } from "../support/browser.ts";
import { catalogue } from "../support/runs.ts";
import { inFolder, madeUpCheckpoint, save } from "../watch/support.ts";

browserTest("the page of a run under way, in a real browser", (t, browser) =>
  inFolder(async (results) => {
    const end = new AbortController();
    const folder = new WatchedFolder(results, { cases: [], algorithms: [] }, catalogue);
    const read = (now: number) => folder.snapshot(now);
    const { address, finished } = serve({ port: 0, read, signal: end.signal, everySeconds: 0.05 });
    try {
      save(results, madeUpCheckpoint(5));
      for (const [width, dark] of [[1200, false], [360, true]] as const) {
        await t.step(`at ${width} px, ${dark ? "dark" : "light"}`, async () => {
          const seen = await visit(browser, address, { width, dark, from: address });
          await seen.page.getByText("tiny-div").first().waitFor();
          await assertReadable(seen, `watch-${width}`);
          await seen.page.close();
        });
      }
      await t.step("follows the run", async () => {
        const { page, errors } = await visit(browser, address, { from: address });
        await page.getByRole("table").first().getByText("5", { exact: false }).first().waitFor();
        save(results, madeUpCheckpoint(41));
        await page.getByText("41", { exact: false }).first().waitFor();
        assertEquals(errors, []);
        await page.close();
      });
    } finally {
      end.abort();
      await finished;
    }
  }));
