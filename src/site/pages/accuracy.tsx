import type { Accuracies } from "../accuracy.ts";
import { scriptJson } from "../html.ts";

/** All methods in one chart, of which one is picked out, then each beside the baseline; accuracy.js draws them. */
export function AccuracySection({ accuracies }: { readonly accuracies: Accuracies }) {
  return (
    <section>
      <h2>Test accuracy over gradient calls</h2>
      <p>
        Median over seeds, of which one that has ended counts on with its last value; shaded: from the least to the
        greatest. Dashed: the threshold, {accuracies.threshold}. Choose a method, or point at its line.
      </p>
      <div id="methods" role="group" aria-label="Method that is picked out">
        {accuracies.methods.map(({ method }, i) => (
          <button key={method} type="button" aria-pressed={i === 0} class={i === 0 ? "shown" : undefined}>
            {method}
          </button>
        ))}
      </div>
      <div
        id="accuracy"
        class="chart"
        role="img"
        aria-label="Test accuracy of all methods; each is drawn alone below"
      />
      <script
        type="application/json"
        id="accuracies"
        dangerouslySetInnerHTML={{ __html: scriptJson(accuracies) }}
      />
      <details open>
        <summary>Each method beside adamw</summary>
        <div id="multiples" class="panels">
          {accuracies.methods.map(({ method, seeds }) => (
            <figure key={method}>
              <figcaption>{method}</figcaption>
              <div
                class="chart"
                role="img"
                aria-label={`Test accuracy of ${method} over gradient calls: median and range of ${seeds} seeds`}
              />
            </figure>
          ))}
        </div>
      </details>
    </section>
  );
}
