import type { CaseLaws } from "../../report/board.ts";
import { LAW_COLUMNS, lawRows } from "../../report/laws_markdown.ts";
import { Scroll } from "./layout.tsx";

/** Fitted laws by algorithm, best first, with intervals for the one that is claimed. */
export function LawTable({ laws: { case: id, law: claimed, figures } }: { readonly laws: CaseLaws }) {
  return (
    <Scroll label={`Fitted laws of ${id}`}>
      <table>
        <caption>Laws fitted to log T by maximum likelihood, seeds as what varies</caption>
        <thead>
          <tr>{LAW_COLUMNS.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {figures.flatMap((law) =>
            lawRows(law, claimed).map(([, ...cells], i) => (
              <tr key={`${law.algorithm} ${law.unit} ${law.origin} ${i}`}>
                <th scope="row">{law.algorithm}</th>
                {cells.map((cell, column) => <td key={column}>{cell}</td>)}
              </tr>
            ))
          )}
        </tbody>
      </table>
    </Scroll>
  );
}
