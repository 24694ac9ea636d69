import { columnsOf } from "../../catalogue/probe.ts";
import type { Column } from "../../declare/columns.ts";
import { scriptJson } from "../html.ts";
import type { SiteData } from "../site_data.ts";
import { page } from "./layout.tsx";

/** What the page says of a column. */
const told = ({ table, name, doc, unit }: Column) => ({ table, name, doc, unit });

/** One page for all runs: which one is in the fragment, its data in a script of its own, so that it works from a folder. */
export function runPage(site: SiteData): string {
  return page({
    title: "Run",
    base: "",
    site,
    scripts: ["assets/uPlot.iife.min.js", "assets/run.js"],
    children: (
      <>
        <link rel="stylesheet" href="assets/uPlot.min.css" />
        <h1 id="name">Run</h1>
        <noscript>
          <p>
            This page draws a run with JavaScript; the records themselves are in the folder <code>runs</code>.
          </p>
        </noscript>
        <p id="outcome" role="status">No run is named in the address: open one from the leaderboard.</p>
        <p id="downloads" hidden>
          Download: <a id="json" download>JSON</a>, <a id="epochs" download>epochs as CSV</a>,{" "}
          <a id="steps" download>steps as CSV</a>
        </p>
        <section id="reproduce" hidden>
          <h2>Reproduce it</h2>
          <pre tabIndex={0}><code id="command"></code></pre>
        </section>
        <section id="probes" hidden>
          <h2>Every probe</h2>
          <div id="charts" class="panels"></div>
          <script
            type="application/json"
            id="columns"
            dangerouslySetInnerHTML={{ __html: scriptJson(columnsOf(site.catalogue.probes).map(told)) }}
          />
        </section>
        <section id="provenance" hidden>
          <h2>Where it comes from</h2>
          <dl id="facts"></dl>
        </section>
      </>
    ),
  });
}
