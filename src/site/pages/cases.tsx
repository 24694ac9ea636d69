import { find } from "../../errors.ts";
import { answerText } from "../../report/answer.ts";
import type { BoardProblem, SiteData } from "../site_data.ts";
import { casePath, casesOf, page } from "./layout.tsx";

/** Path of the page of all cases. */
export const CASES_PATH = "cases/index.html";

function CaseSummary({ id, site }: { readonly id: string; readonly site: SiteData }) {
  const { summary, source } = find("case", site.catalogue.cases, id);
  const problems = site.problems.filter((problem) => problem.case === id);
  const said = ({ title, answers }: BoardProblem) => {
    const sentence = answerText(answers.slice(0, 1));
    return sentence ? [<li key={title}>{title}: {sentence}</li>] : [];
  };
  return (
    <section>
      <h2>
        <a href={`../${casePath(id)}`}>{id}</a>
      </h2>
      <p>{summary} ({source}).</p>
      <ul>{problems.flatMap(said)}</ul>
    </section>
  );
}

/** All cases, with what is said of them first. */
export const casesPage = (site: SiteData): string =>
  page({
    title: "Cases",
    path: CASES_PATH,
    site,
    children: (
      <>
        <h1>Cases</h1>
        {casesOf(site).map((id) => <CaseSummary key={id} id={id} site={site} />)}
      </>
    ),
  });
