import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { assertReadable, browserTest, visit } from "../support/browser.ts";
import { publishedSite } from "../support/site.ts";

browserTest("the search over the documents in a real browser, from a folder", async (t, browser) => {
  const site = await publishedSite();
  const address = `${pathToFileURL(site)}/docs/index.html`;
  try {
    await t.step("what is typed is found and is in the address; keys lead through the results", async () => {
      const { page, errors } = await visit(browser, address);
      await page.keyboard.press("/");
      await page.keyboard.type("censored");
      const first = page.locator("#results a").first();
      await first.waitFor();
      assertEquals(new URL(page.url()).hash, "#q=censored");
      assert(/^\d+ (of \d+ )?places$/.test(await page.locator("#found").innerText()));
      await page.keyboard.press("ArrowDown");
      const focused = () => page.evaluate("document.activeElement.textContent");
      assertEquals(await focused(), await first.innerText());
      await page.keyboard.press("ArrowUp");
      assertEquals(await page.evaluate("document.activeElement.id"), "q");
      await page.keyboard.press("Enter");
      await page.waitForURL(/docs\/faq\.html#what-does-censored/);
      await page.goBack();
      await first.waitFor();
      assertEquals(await page.locator("#q").inputValue(), "censored");
      assertEquals(errors, []);
      await page.close();
    });

    await t.step(
      "an address with words shows what they find, and words that nothing has are said to be that",
      async () => {
        const seen = await visit(browser, `${address}#q=speedup+attribution`, { width: 360, dark: true });
        await seen.page.locator("#results a").first().waitFor();
        await assertReadable(seen, "docs-search-360");
        await seen.page.locator("#q").fill("qqqqqqqqqqqq");
        await seen.page.getByText("Nothing has “qqqqqqqqqqqq”.").waitFor();
        assertEquals(await seen.page.locator("#results li").count(), 0);
        // A word with a slip in it is found all the same.
        await seen.page.locator("#q").fill("censroed");
        await seen.page.locator("#results a").first().waitFor();
        await seen.page.close();
      },
    );
  } finally {
    Deno.removeSync(dirname(site), { recursive: true });
  }
});
