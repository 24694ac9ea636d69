import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { assertReadable, browserTest, visit } from "../support/browser.ts";
import { filesOf, publishedSite } from "../support/site.ts";

/** Windows that pages are looked at in; documents are one column of text, and the narrow one is the harder. */
const WIDE = [1200, false] as const;
const NARROW = [360, true] as const;

const column = (page: Page, n: number) =>
  page.locator("table.board").first().locator(`tbody tr:not(.runs) > :nth-child(${n})`).allInnerTexts();

browserTest("the site in a real browser", async (t, browser) => {
  const site = await publishedSite();
  const [runFile] = [...filesOf(site)].filter((file) => /^runs\/.*\.js$/.test(file)).sort();
  const id = runFile.slice("runs/".length, -".js".length);
  const pages = [...filesOf(site)].filter((file) => file.endsWith(".html")).sort()
    .map((file) => file + ({ "run.html": `#${id}`, "compare.html": `#mnist1k~adamw,${id}` }[file] ?? ""));
  const open = (file: string, options = {}) => visit(browser, `${pathToFileURL(site)}/${file}`, options);
  try {
    for (const file of pages) {
      for (const [wide, dark] of file.startsWith("docs/") ? [NARROW] : [WIDE, NARROW]) {
        await t.step(`${file} at ${wide} px, ${dark ? "dark" : "light"}`, async () => {
          const seen = await open(file, { width: wide, dark });
          await assertReadable(seen, `${file.replace(/#.*/, "").replaceAll("/", "-")}-${wide}`);
          await seen.page.close();
        });
      }
    }

    await t.step("columns sort both ways, by number, and what has no figure stays last", async () => {
      const { page } = await open("index.html");
      const button = page.getByRole("button", { name: "epochs", exact: true }).first();
      const before = await column(page, 2);
      await button.click();
      const number = (cell: string) => Number(cell.split("\n")[0].replaceAll(",", ""));
      const up = (await column(page, 4)).map(number);
      assertEquals(up, up.toSorted((a, b) => a - b));
      await button.click();
      assertEquals((await column(page, 4)).map(number), up.toReversed());
      assertEquals((await column(page, 2)).toSorted(), before.toSorted());
      await page.close();
    });

    await t.step("a row opens its runs by keyboard, and a run opens its page", async () => {
      const { page, errors } = await open("index.html");
      const row = page.getByRole("button", { name: "adamw", exact: true }).first();
      await row.focus();
      await page.keyboard.press("Enter");
      assertEquals(await row.getAttribute("aria-expanded"), "true");
      await page.getByRole("link", { name: "seed 0", exact: true }).first().click();
      await page.waitForURL(/run\.html#[0-9a-f]{16}$/);
      await page.locator("#charts canvas").first().waitFor();
      assert(/adamw seed 0$/.test(await page.locator("h1").innerText()));
      assert((await page.locator("#command").innerText()).startsWith("deno task bench -c mnist1k -a adamw -s 0"));
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("the downloads of a run are its record", async () => {
      const { page } = await open(`run.html#${id}`);
      await page.locator("#run").waitFor();
      const fetched = (link: string) =>
        page.evaluate(`fetch(document.getElementById("${link}").href).then((r) => r.text())`) as Promise<string>;
      const text = await fetched("json");
      assertEquals(JSON.parse(text).id, id);
      const csv = await fetched("epochs");
      assertEquals(csv.trim().split("\r\n").length, 1 + JSON.parse(text).curve.epochs.epoch.length);
      await page.close();
    });

    await t.step("a run that is not there is said to be none", async () => {
      const { page } = await open("run.html#0000000000000000");
      await page.getByText("There is no run 0000000000000000 here.").waitFor();
      await page.close();
    });

    await t.step("the theme can be chosen, and the next page keeps it", async () => {
      const { page } = await open("index.html");
      const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
      const light = await paper();
      await page.getByRole("button", { name: "Dark theme" }).click();
      const dark = await paper();
      assert(light !== dark);
      await page.goto(`${pathToFileURL(site)}/history.html`);
      assertEquals(await paper(), dark);
      await page.close();
    });
  } finally {
    Deno.removeSync(dirname(site), { recursive: true });
  }
});
