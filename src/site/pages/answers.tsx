import { answerText } from "../../report/answer.ts";
import type { WideAndNarrow } from "../figures/answers.ts";
import type { BoardProblem } from "../site_data.ts";
import { casePath, Drawing } from "./layout.tsx";

/** Of each case the first page says so many things; the case's own page says all. */
const FIRST = 2;

/** One sentence a case, for the first page. */
export function Answers({ problems }: { readonly problems: readonly BoardProblem[] }) {
  const said = problems.flatMap((problem) => {
    const sentence = answerText(problem.answers.slice(0, FIRST));
    return sentence ? [{ problem, sentence }] : [];
  });
  return (
    <ul class="answers">
      {said.map(({ problem, sentence }) => (
        <li key={problem.title}>
          <a href={casePath(problem.case)}>{problem.title}</a>: {sentence}
        </li>
      ))}
    </ul>
  );
}

const LEGEND =
  "Filled: the method; hollow: its control, which has everything but the trick; the line between them is what the trick " +
  "is worth. Pale: 95 % interval of the median ratio, from five seeds on. Triangles are bounds: runs were given up before " +
  "they generalised.";

/** The chart that goes with them, as it fits. */
export function AnswersDrawing({ figure: { wide, narrow, claimed } }: { readonly figure: WideAndNarrow }) {
  const caption = claimed ? `${LEGEND} Red: what is claimed.` : LEGEND;
  return (
    <>
      <div class="wide-only">
        <Drawing figure={wide} caption={caption} />
      </div>
      <div class="narrow-only">
        <Drawing figure={narrow} caption={caption} />
      </div>
    </>
  );
}
