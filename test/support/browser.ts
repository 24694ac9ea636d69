import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** Browsers that are called for, by their names in the PATH. */
const NAMES = ["chromium", "google-chrome"];

export function browserPath(): string | null {
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

const path = browserPath();
const absent = path === null ? "there is no Chromium here; install the package chromium" : null;
if (absent) console.log(`skipped: browser tests: ${absent}`);

/**
 * Defines a test with a real browser, in a file of test/browser. Those are not named `_test.ts`: playwright-core asks for
 * every permission, so they have a task of their own (`deno task test:browser`), which `deno task test` ends with.
 *
 * Without a browser it is ignored, with the reason in its name.
 */
export function browserTest(name: string, body: (t: Deno.TestContext, browser: Browser) => Promise<void>): void {
  Deno.test({
    name: absent ? `${name}: ${absent}` : name,
    ignore: absent !== null,
    // The browser's process and pipes belong to it until it is closed.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const browser = await chromium.launch({ executablePath: path!, args: ["--no-sandbox"] });
      try {
        await body(t, browser);
      } finally {
        await browser.close();
      }
    },
  });
}

/** Screenshots are kept where CI collects them. */
const SHOTS = Deno.env.get("DRIVEN_HUNT_SCREENSHOTS");

export interface Visit {
  readonly page: Page;
  /** Errors of the page, its console and its requests. */
  readonly errors: string[];
}

/** How a page is looked at, and where it may load from. */
export interface View {
  readonly width?: number;
  readonly dark?: boolean;
  readonly from?: string;
}

export async function visit(browser: Browser, url: string, view: View = {}): Promise<Visit> {
  const { width = 1200, dark = false, from = "file:" } = view;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light" });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("requestfailed", (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("request", (request) => {
    const own = [from, "data:", "blob:"].some((origin) => request.url().startsWith(origin));
    if (!own) errors.push(`asks for ${request.url()}`);
  });
  await page.goto(url);
  return { page, errors };
}

/** Findings of axe-core, of any level. */
async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run()") as axe.AxeResults;
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 160)).join(" | ")}`
  );
}

/** No errors, no horizontal scrolling, nothing that axe-core finds; a screenshot where they are kept. */
export async function assertReadable({ page, errors }: Visit, name: string): Promise<void> {
  assertEquals(errors, []);
  const width = (what: string) => page.evaluate(`document.documentElement.${what}`) as Promise<number>;
  const [scroll, client] = [await width("scrollWidth"), await width("clientWidth")];
  assert(scroll <= client, `it is ${scroll} px wide in a window of ${client}`);
  assertEquals(await findingsOf(page), []);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
