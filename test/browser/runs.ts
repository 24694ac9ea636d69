import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import type { IndexedMethod, IndexedProblem } from "../../src/site/run_index.ts";
import { browserTest, visit } from "../support/browser.ts";
import { publishedSite } from "../support/site.ts";

const NOWHERE = "0000000000000000";

/** What the list of compared items says, without the buttons. */
const itemsOf = async (page: Page) =>
  (await page.locator("#items li").allInnerTexts()).map((text) => text.replaceAll(/\s*×$|\n/g, "").trim());

/** The cells of a row of the table below the charts, without its head. */
const rowOf = (page: Page, n: number) => page.locator("#table tbody tr").nth(n).locator("td").allInnerTexts();

/** Something of every chart, by an expression of `figure`. */
const ofCharts = <T>(page: Page, expression: string): Promise<T[]> =>
  page.evaluate(`[...document.querySelectorAll("#charts figure")].map((figure) => ${expression})`);

const labels = (page: Page) => ofCharts<string>(page, "figure.getAttribute('aria-label')");

/** What the index of a site says of a method. */
function indexed(site: string, problem: string, method: string): IndexedMethod {
  const script = Deno.readTextFileSync(`${site}/runs/index.js`);
  const index: IndexedProblem[] = JSON.parse(script.slice("showIndex(".length, script.lastIndexOf(")")));
  return index.find((own) => own.problem === problem)!.methods.find((own) => own.method === method)!;
}

browserTest("pages of runs, from a folder", async (t, browser) => {
  const site = await publishedSite();
  const [ppm, adamw] = ["ppm", "adamw"].map((method) => indexed(site, "mnist1k", method));
  const open = (file: string, options = {}) => visit(browser, `${pathToFileURL(site)}/${file}`, options);
  const compared = async (...keys: string[]) => {
    const seen = await open(`compare.html#${keys.join(",")}`);
    await seen.page.locator("#items li").nth(keys.length - 1).waitFor();
    return seen;
  };
  try {
    await t.step("a run says when it generalised, and time is counted as one likes", async () => {
      const { page, errors } = await open(`run.html#${ppm.runs[0]}`, { width: 1280 });
      await page.locator("#charts canvas").first().waitFor();
      assertMatch(
        await page.locator("#outcome").innerText(),
        /^Generalised at epoch \d+ \([\d,]+ gradient calls\), memorised at .*; trained on until epoch \d+\. Of the 100 /,
      );
      const over = async (time: string) => {
        const all = await labels(page);
        assert(all.length >= 7 && all.every((label) => label.includes(` over ${time}; at the end: `)), all.join("\n"));
      };
      await over("epochs");
      await page.getByLabel("gradient calls").check();
      await over("gradient calls");
      assertEquals(await page.locator("#hyper th[scope=row]", { hasText: "sigma" }).count(), 1);
      assertEquals(await page.getByText("Compare with …").getAttribute("href"), `compare.html#${ppm.runs[0]}`);
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("charts stand two in a row where there is room, and one on a phone", async () => {
      for (const [width, row] of [[1280, 2], [1920, 2], [390, 1]] as const) {
        const { page } = await open(`run.html#${ppm.runs[0]}`, { width });
        await page.locator("#charts canvas").first().waitFor();
        const tops = await ofCharts<number>(page, "Math.round(figure.getBoundingClientRect().top)");
        assertEquals([width, tops.filter((top) => top === tops[0]).length], [width, row]);
        await page.close();
      }
    });

    await t.step("two runs are compared by their ids", async () => {
      const { page, errors } = await compared(adamw.runs[1], ppm.runs[1]);
      assertEquals(await itemsOf(page), ["1: mnist1k adamw, seed 1", "2: mnist1k ppm, seed 1"]);
      assertEquals((await labels(page)).map((label) => label.split(" over ")[0]), [
        "Test accuracy",
        "Train accuracy",
        "Weight norm",
        "Distance to the start",
        "Step norm",
      ]);
      assertMatch((await rowOf(page, 1)).at(-1)!, /^[12]\d\.\d×$/);
      assertEquals(await page.locator("#status").innerText(), "");
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("a cell is compared with a run, and comes to what the index says of it", async () => {
      const { page, errors } = await compared("mnist1k~adamw", ppm.runs[0]);
      assertEquals((await itemsOf(page))[0], "1: mnist1k adamw, all 10 seeds");
      assertEquals((await rowOf(page, 0))[1], adamw.calls[1]!["="]!.toLocaleString("en-US"));
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("what is not there is said to be none, and does not keep the rest from being shown", async () => {
      const { page, errors } = await compared(NOWHERE, "mnist1k~ppm", "mnist1k~none");
      assertEquals(
        await page.locator("#status").innerText(),
        `There is no run ${NOWHERE} here. There is no cell mnist1k~none here. Add another one to compare it with.`,
      );
      assertEquals(await page.locator("#table tbody tr").count(), 1);
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("items go by keyboard, come by the selects, and the back button takes that back", async () => {
      const { page, errors } = await compared("mnist1k~adamw", "mnist1k~ppm");
      await page.getByRole("button", { name: "Remove mnist1k adamw" }).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/#mnist1k~ppm$/);
      await page.getByText("Add another one").waitFor();
      const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
      assertEquals(await focused(), "Remove mnist1k ppm, all 10 seeds");
      await page.getByLabel("Problem").selectOption("div97");
      await page.getByLabel("Method and seeds").selectOption("div97~pp-conn");
      await page.getByRole("button", { name: "Add" }).press("Enter");
      await page.waitForURL(/#mnist1k~ppm,div97~pp-conn$/);
      await page.locator("#items li").nth(1).waitFor();
      await page.goBack();
      await page.goBack();
      await page.getByText("1: mnist1k adamw").first().waitFor();
      assertEquals((await itemsOf(page)).length, 2);
      assertEquals(errors, []);
      await page.close();
    });

    await t.step("a row of the leaderboard leads to its seeds beside those of adamw", async () => {
      const { page } = await open("cases/mnist1k.html");
      await page.getByRole("button", { name: "ppm", exact: true }).first().click();
      await page.getByRole("link", { name: "compare all seeds with adamw" }).first().click();
      await page.waitForURL(/compare\.html#mnist1k~adamw,mnist1k~ppm$/);
      await page.locator("#charts canvas").first().waitFor();
      await page.close();
    });
  } finally {
    Deno.removeSync(dirname(site), { recursive: true });
  }
});
