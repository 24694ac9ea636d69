import { type Dataset, gatherRows, type Split } from "../../../src/data/dataset.ts";
import type { Case, CommonConfig, Problem } from "../../../src/problem/case.ts";
import type { Values } from "../../../src/declare/field.ts";
import { otherDefault, problems } from "./faults.ts";
import type { Fault, Mutant } from "./mutant.ts";

const isModular = ({ family }: Case) => family === "modular";

const datasets = (
  isSuch: (one: Case) => boolean,
  slip: (dataset: Dataset, config: CommonConfig & Values) => Dataset,
): Fault => problems(isSuch, (problem: Problem, config) => ({ ...problem, dataset: slip(problem.dataset, config) }));

const splits = (slip: (split: Split) => Split) => ({ train, test }: Dataset): Dataset => ({
  train: slip(train),
  test: slip(test),
});

/** A split whose first sample is that of another one. */
function withFirstOf(split: Split, other: Split): Split {
  const first = (row: Split) => Int32Array.of(row.targets[0]);
  const rows = Int32Array.from({ length: split.size - 1 }, (_, i) => i + 1);
  const inputs = Object.entries(split.inputs).map(([name, column]) => {
    const values = (column.values as Int32Array).slice();
    values.set(gatherRows(other.inputs[name], Int32Array.of(0)));
    return [name, { ...column, values }];
  });
  const targets = Int32Array.from([...first(other), ...rows.map((i) => split.targets[i])]);
  return { ...split, inputs: Object.fromEntries(inputs), targets };
}

/** With b^(p−1) = 1 for b⁻¹, a·b⁻¹ is a. */
const withoutInverse = (split: Split): Split => ({ ...split, targets: Int32Array.from(split.inputs.a.values) });

const dividedAgain = (split: Split): Split => ({
  ...split,
  inputs: { pixels: { ...split.inputs.pixels, values: split.inputs.pixels.values.map((x) => x / 255) } },
});

/** What is learnt, and how much of it at a time. */
export const data: readonly Mutant[] = [
  {
    id: "batch-size",
    what: "batches of 500, not 512",
    fault: otherDefault("cases", "batchSize", { from: 512, to: 500 }),
  },
  {
    id: "leak",
    what: "one training pair is among the test pairs",
    fault: datasets(isModular, ({ train, test }) => ({ train, test: withFirstOf(test, train) })),
  },
  {
    id: "wrong-inverse",
    what: "the modular inverse is b^(p−1)",
    fault: datasets(
      isModular,
      (dataset, { operation }) => operation === "divide" ? splits(withoutInverse)(dataset) : dataset,
    ),
  },
  {
    id: "normalised-twice",
    what: "MNIST is divided by 255 twice",
    fault: datasets(({ id }) => id === "mnist1k", splits(dividedAgain)),
  },
  {
    id: "memorised-default",
    what: "memorised means 90 %, not 99 %",
    fault: otherDefault("cases", "memorisedAbove", { from: 0.99, to: 0.9 }),
  },
];
