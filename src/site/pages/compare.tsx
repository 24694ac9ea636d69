import { INDEX_PATH } from "../run_index.ts";
import type { SiteData } from "../site_data.ts";
import { chartAssets } from "./chart_assets.ts";
import { page, Scroll } from "./layout.tsx";

/** Two selects of which the second depends on the first: what is added to the list. */
function Picker() {
  return (
    <form id="picker" class="picker">
      <label>
        Problem <select id="problem" />
      </label>
      <label>
        Method and seeds <select id="choice" />
      </label>
      <button type="submit">Add</button>
    </form>
  );
}

function Curves() {
  return (
    <section id="curves" hidden>
      <h2>Curves</h2>
      <p class="note">
        Of several seeds the line is their median at each number of gradient calls, and shaded what lies between the
        least and the greatest of them; a seed that has ended counts on with its last value. Numbered lines stand where
        each generalises.
      </p>
      <div id="charts" class="charts" />
    </section>
  );
}

const COLUMNS = ["memorised", "generalised", "sustained", "steady", "ratio to 1"];

function Results() {
  return (
    <section id="result" hidden>
      <h2>What they came to</h2>
      <p class="note">
        Gradient calls to each milestone, of several seeds their median; ≥ where it was not reached. Steady: share of
        the epochs after generalising that are above the threshold. Ratio: gradient calls to generalise of 1 over those
        of the row, so above 1 the row takes fewer; the speedups of the leaderboard are of pairs of equal seed, and can
        differ.
      </p>
      <Scroll label="What they came to">
        <table id="table">
          <thead>
            <tr>
              <th scope="col">run or cell</th>
              {COLUMNS.map((name) => <th key={name} scope="col">{name}</th>)}
            </tr>
          </thead>
          <tbody />
        </table>
      </Scroll>
    </section>
  );
}

/** Runs and cells over each other: which ones is in the fragment, their data in the scripts of the runs. */
export function comparePage(site: SiteData): string {
  const { scripts, styles } = chartAssets("compare");
  return page({
    title: "Compare",
    path: "compare.html",
    site,
    styles,
    // What there is comes last: it starts the page.
    scripts: [...scripts, INDEX_PATH],
    children: (
      <>
        <h1>Compare</h1>
        <noscript>
          <p>
            This page draws runs with JavaScript; the records themselves are in the folder <code>runs</code>.
          </p>
        </noscript>
        <Picker />
        <ol id="items" class="items" />
        <p id="status" role="status" />
        <Curves />
        <Results />
      </>
    ),
  });
}
