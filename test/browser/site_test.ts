import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { filesOf, publishedSite } from "../support/site.ts";

/** Browsers that are called for, by their names in the PATH. */
const NAMES = ["chromium", "google-chrome"];

function browserPath(): string | null {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const candidates = NAMES.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  return candidates.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  }) ?? null;
}

/** Windows that pages are looked at in; documents are one column of text, and the narrow one is the harder. */
const WIDE = [1200, false] as const;
const NARROW = [360, true] as const;

/** Screenshots are kept where CI collects them. */
const SHOTS = Deno.env.get("DRIVEN_HUNT_SCREENSHOTS");

const path = browserPath();
const absent = path === null;
if (absent) console.log("skipped: browser tests: there is no Chromium here; install the package chromium");

interface Visit {
  readonly page: Page;
  /** Errors of the page, its console and its requests. */
  readonly errors: string[];
}

async function visit(browser: Browser, url: string, { width = 1200, dark = false } = {}): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light" });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("requestfailed", (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on(
    "request",
    (request) => /^(?:file|data|blob):/.test(request.url()) || errors.push(`asks for ${request.url()}`),
  );
  await page.goto(url);
  return { page, errors };
}

/** Findings of axe-core that keep someone from reading the page. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run()") as axe.AxeResults;
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

const column = (page: Page, n: number) =>
  page.locator("table.board").first().locator(`tbody tr:not(.runs) > :nth-child(${n})`).allInnerTexts();

Deno.test({
  name: "the site in a real browser" + (absent ? ": no Chromium here; install the package chromium" : ""),
  ignore: absent,
  // The browser's process and pipes belong to it until it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const site = await publishedSite();
    const [runFile] = [...filesOf(site)].filter((file) => /^runs\/.*\.js$/.test(file)).sort();
    const id = runFile.slice("runs/".length, -".js".length);
    const pages = [...filesOf(site)].filter((file) => file.endsWith(".html")).sort()
      .map((file) => file === "run.html" ? `run.html#${id}` : file);
    const browser = await chromium.launch({ executablePath: path!, args: ["--no-sandbox"] });
    const open = (file: string, options = {}) => visit(browser, `file://${site}/${file}`, options);
    try {
      for (const file of pages) {
        for (const [wide, dark] of file.startsWith("docs/") ? [NARROW] : [WIDE, NARROW]) {
          await t.step(`${file} at ${wide} px, ${dark ? "dark" : "light"}`, async () => {
            const { page, errors } = await open(file, { width: wide, dark });
            assertEquals(errors, []);
            const width = (what: string) => page.evaluate(`document.documentElement.${what}`) as Promise<number>;
            const [scroll, client] = [await width("scrollWidth"), await width("clientWidth")];
            assert(scroll <= client, `it is ${scroll} px wide in a window of ${client}`);
            assertEquals(await serious(page), []);
            const name = `${file.replace(/#.*/, "").replaceAll("/", "-")}-${wide}.png`;
            if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}`, fullPage: true });
            await page.close();
          });
        }
      }

      await t.step("columns sort both ways, by number, and what has no figure stays last", async () => {
        const { page } = await open("index.html");
        const button = page.getByRole("button", { name: "epochs", exact: true }).first();
        const before = await column(page, 2);
        await button.click();
        const number = (cell: string) => Number(cell.split("\n")[0].replaceAll(",", ""));
        const up = (await column(page, 5)).map(number);
        assertEquals(up, up.toSorted((a, b) => a - b));
        await button.click();
        assertEquals((await column(page, 5)).map(number), up.toReversed());
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
        await page.locator("#downloads").waitFor();
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
        await page.goto(`file://${site}/history.html`);
        assertEquals(await paper(), dark);
        await page.close();
      });
    } finally {
      await browser.close();
      Deno.removeSync(dirname(site), { recursive: true });
    }
  },
});
