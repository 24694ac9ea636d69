import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../src/run/record/record.ts";
import { WatchedFolder } from "../../src/watch/folder.ts";
import { runPagesOf } from "../../src/watch/run_pages.ts";
import { serve } from "../../src/watch/server.ts";
import { assertReadable, browserTest, visit } from "../support/browser.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, resolved, specOf, storeIn } from "../support/runs.ts";
import { inFolder, madeUpCheckpoint, save } from "../watch/support.ts";

/** Puts a finished run into a folder. */
function finishedRun(results: string): RunRecord {
  const record = madeUp({ seed: 0, generalised: 81 });
  storeIn(results).save(resolved(specOf("tiny-div", "adamw")), record);
  return record;
}

browserTest("the page of a run under way, in a real browser", (t, browser) =>
  inFolder(async (results) => {
    const end = new AbortController();
    const folder = new WatchedFolder(results, { cases: [], algorithms: [] }, catalogue);
    const read = (now: number) => folder.snapshot(now);
    const runs = runPagesOf(folder);
    const { address, finished } = serve({ port: 0, read, runs, signal: end.signal, everySeconds: 0.05 });
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
      await t.step("opens the page of a finished run, which leads back", async () => {
        const { id } = finishedRun(results);
        const { page } = await visit(browser, address, { from: address });
        await page.getByRole("link", { name: "tiny-div adamw seed 0" }).click();
        await page.waitForURL(`${address}run.html#${id}`);
        await page.getByText("Generalised at epoch 81 (324 gradient calls), memorised at epoch 5").waitFor();
        await page.getByRole("link", { name: "Runs under way" }).click();
        await page.waitForURL(address);
        await page.close();
      });
      await t.step("the page of a run can be read on a phone, and says what is not there", async () => {
        const { id } = finishedRun(results);
        const seen = await visit(browser, `${address}run.html#${id}`, { width: 390, dark: true, from: address });
        await seen.page.locator("#charts canvas").first().waitFor();
        assertEquals(await seen.page.getByText("Compare with …").count(), 0);
        await assertReadable(seen, "watch-run-390");
        await seen.page.goto(`${address}run.html#0000000000000000`);
        await seen.page.getByText("There is no run 0000000000000000 here.").waitFor();
        await seen.page.close();
      });
    } finally {
      end.abort();
      await finished;
    }
  }));
