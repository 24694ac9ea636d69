import { cellText } from "../table/cell.ts";
import type { Expectation, ExpectedCell } from "./expectation.ts";
import { observationsOf } from "./observations.ts";
import { sampleText } from "./time_tier.ts";

const times = ({ samples }: ExpectedCell) => sampleText(observationsOf(samples));

const runs = ({ samples }: ExpectedCell) => new Map(samples.map((s) => [`${s.seed}/${s.record}`, s.digest]));

/** What a new expectation changes of the old one, one line a cell; empty when nothing changes. */
export function differences(old: Expectation | null, now: Expectation): string[] {
  const before = new Map(old?.cells.map((cell) => [cell.cell.key, cell]));
  const lines = now.cells.flatMap((cell) => {
    const was = before.get(cell.cell.key);
    before.delete(cell.cell.key);
    if (!was) return [`new      ${cellText(cell.cell)}: ${times(cell)}`];
    const [known, found] = [runs(was), runs(cell)];
    const added = [...found.keys()].filter((key) => !known.has(key)).length;
    const moved = [...found].filter(([key, digest]) => known.has(key) && known.get(key) !== digest).length;
    const lost = [...known.keys()].filter((key) => !found.has(key)).length;
    if (!added && !moved && !lost) return [];
    const counts = [[added, "added"], [moved, "with another trajectory"], [lost, "gone"]] as const;
    const what = counts.filter(([n]) => n > 0).map(([n, name]) => `${n} ${name}`).join(", ");
    return [`changed  ${cellText(cell.cell)}: ${times(was)} → ${times(cell)}; runs: ${what}`];
  });
  return [...lines, ...[...before.values()].map((cell) => `gone     ${cellText(cell.cell)}: ${times(cell)}`)];
}

/** Cells whose sample would have fewer seeds than before, or none. */
export function shrunk(old: Expectation | null, now: Expectation): string[] {
  return (old?.cells ?? []).flatMap((was) => {
    const cell = now.cells.find(({ cell: { key } }) => key === was.cell.key);
    const seeds = new Set(cell?.samples.map(({ seed }) => seed));
    const lost = was.samples.filter(({ seed }) => !seeds.has(seed));
    return lost.length ? [`${cellText(was.cell)} would lose seed ${lost.map(({ seed }) => seed).join(", ")}`] : [];
  });
}
