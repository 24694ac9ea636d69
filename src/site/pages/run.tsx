import type { Catalogue } from "../../catalogue/catalogue.ts";
import { columnsOf } from "../../catalogue/probe.ts";
import { type Column, coreColumns } from "../../declare/columns.ts";
import { scriptJson } from "../html.ts";
import type { SiteData } from "../site_data.ts";
import { chartAssets } from "./chart_assets.ts";
import { page, Scroll } from "./layout.tsx";

/** What the page says of columns of probes; those that every run has are called by its script. */
const toldOf = ({ probes }: Catalogue) =>
  columnsOf(probes).filter((column) => !(coreColumns as readonly Column[]).includes(column))
    .map(({ table, name, doc, unit }) => ({ table, name, doc, unit }));

/** What fields mean, by name; by `owner.name` where an owner means something else by it than those before him. */
function meaningsOf({ cases, algorithms }: Catalogue): Record<string, string> {
  const meanings: Record<string, string> = {};
  for (const { id, fields } of [...cases, ...algorithms]) {
    for (const [name, { doc }] of Object.entries(fields)) {
      if ((meanings[name] ??= doc) !== doc) meanings[`${id}.${name}`] = doc;
    }
  }
  return meanings;
}

function Milestones() {
  return (
    <Scroll label="Milestones">
      <table id="milestones">
        <thead>
          <tr>
            <th scope="col">milestone</th>
            <th scope="col">epoch</th>
            <th scope="col">gradient calls</th>
            <th scope="col">worked for</th>
            <th scope="col">condition</th>
          </tr>
        </thead>
        <tbody />
      </table>
    </Scroll>
  );
}

/** Fields with their meanings, and their values. */
function Values({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <Scroll label={title}>
        <table id={id} class="values">
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">value</th>
            </tr>
          </thead>
          <tbody />
        </table>
      </Scroll>
    </section>
  );
}

function Curves() {
  return (
    <section>
      <h2>Curves</h2>
      <fieldset class="choice">
        <legend>Time in</legend>
        <label>
          <input type="radio" name="time" value="epoch" checked /> epochs
        </label>
        <label>
          <input type="radio" name="time" value="gradientCalls" /> gradient calls
        </label>
      </fieldset>
      <div id="charts" class="charts" />
    </section>
  );
}

/**
 * One page for all runs: which one is in the fragment, its data in a script of its own, so that it works from a folder.
 *
 * @param site null where runs are shown outside of a site
 */
export function runPage(catalogue: Catalogue, site: SiteData | null): string {
  const said = { columns: toldOf(catalogue), meanings: meaningsOf(catalogue) };
  return page({
    title: "Run",
    path: "run.html",
    site,
    ...chartAssets("run_charts", "run"),
    children: (
      <>
        {!site && (
          <p>
            <a href="./">Runs under way</a>
          </p>
        )}
        <h1 id="name">Run</h1>
        <noscript>
          <p>
            This page draws a run with JavaScript{site && "; the records themselves are in the folder runs"}.
          </p>
        </noscript>
        <p id="outcome" class="lead" role="status">
          No run is named in the address: open one from {site ? "the leaderboard" : "those that finished last"}.
        </p>
        <div id="run" hidden>
          <Milestones />
          <p>
            {site && (
              <>
                <a id="compare" href="compare.html">Compare with …</a>
                {" · "}
              </>
            )}
            Download: <a id="json" download>JSON</a>, <a id="epochs" download>epochs as CSV</a>,{" "}
            <a id="steps" download>steps as CSV</a>
          </p>
          <Curves />
          <section id="reproduce">
            <h2>Reproduce it</h2>
            <pre tabIndex={0}><code id="command"></code></pre>
          </section>
          <div class="halves">
            <Values id="config" title="The case" />
            <div>
              <Values id="hyper" title="The constants of the method" />
              <section>
                <h2>Where it comes from</h2>
                <table id="facts" class="values">
                  <tbody />
                </table>
              </section>
            </div>
          </div>
        </div>
        <script type="application/json" id="said" dangerouslySetInnerHTML={{ __html: scriptJson(said) }} />
      </>
    ),
  });
}
