import { type Role, ROLES } from "../../algorithms/algorithm.ts";
import { COLUMNS } from "./board_table.tsx";

const GROUPS: Readonly<Record<Role, string>> = {
  baseline: "baselines",
  method: "methods",
  control: "controls",
  ablation: "ablations",
};

/** Style of a row on a phone: it is a card there, in which each figure has the name of its column before it. */
const LABELS = COLUMNS.map(({ name }, i) => `.board td:nth-child(${i + 2})::before{content:"${name}"}`).join("\n");
export const CARD_STYLE = `@media (max-width: 48rem) {\n${LABELS}\n}\n`;

/**
 * What is shown of all boards of a page, and in which order: groups of rows, columns, sorting. site.js shows it and keeps it
 * in the address; without JavaScript the boards stand as they are.
 */
export function BoardTools() {
  return (
    <form id="tools" class="tools" aria-label="What the tables show" hidden>
      <fieldset>
        <legend>Rows</legend>
        {ROLES.map((role) => (
          <label key={role}>
            <input type="checkbox" name="role" value={role} checked /> {GROUPS[role]}
          </label>
        ))}
      </fieldset>
      <label>
        Order by{" "}
        <select name="sort">
          {["algorithm", ...COLUMNS.map(({ name }) => name)].map((name) => (
            <option key={name} selected={name === "rank"}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <input type="checkbox" name="descending" /> largest first
      </label>
      <details>
        <summary>Columns</summary>
        <dl>
          {COLUMNS.map(({ name, doc, shown }) => (
            <div key={name}>
              <dt>
                <label>
                  <input type="checkbox" name="column" value={name} checked={shown} /> {name}
                </label>
              </dt>
              <dd>{doc}</dd>
            </div>
          ))}
        </dl>
      </details>
    </form>
  );
}
