import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { browserPath } from "./browser.ts";
import { publishedSite } from "./site.ts";

const PICTURE = fileURLToPath(new URL("../../docs/leaderboard.png", import.meta.url));

/** The picture in the README: the top of the site that the committed records give. */
const executablePath = browserPath();
if (!executablePath) throw new Error("a picture needs Chromium; install the package chromium");
const site = await publishedSite();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1240, height: 860 }, colorScheme: "light" });
  await page.goto(`${pathToFileURL(site)}/index.html`);
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  Deno.removeSync(dirname(site), { recursive: true });
}
