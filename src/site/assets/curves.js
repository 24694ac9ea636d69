// What is computed of curves before they are drawn. A plain script, which puts `curves` into the global scope: pages from a
// folder load no modules, and a test imports it for that effect.
globalThis.curves = (() => {
  /**
   * A column at the places of a grid, straight between its rows: null before the first, the last value after the last.
   * Rows where it is null are none. Places and grid ascend.
   */
  function onGrid(places, column, grid) {
    const rows = places.flatMap((place, row) => column[row] === null ? [] : [[place, column[row]]]);
    let next = 0;
    return grid.map((place) => {
      while (next < rows.length && rows[next][0] <= place) next++;
      if (next === 0) return null;
      const [from, value] = rows[next - 1];
      if (next === rows.length) return value;
      const [to, then] = rows[next];
      return value + (then - value) * (place - from) / (to - from);
    });
  }

  /** Places from the first to the last, evenly spread on a logarithmic axis. */
  const gridOf = (first, last, places) =>
    Array.from({ length: places }, (_, i) => i === places - 1 ? last : first * (last / first) ** (i / (places - 1)));

  function median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
  }

  /** Place by place the median, the least and the greatest of columns; null where none of them has a value. */
  function bandOf(columns) {
    const at = (place) => columns.map((column) => column[place]).filter((value) => value !== null);
    const over = (of) => columns[0].map((_, place) => at(place).length ? of(at(place)) : null);
    return {
      median: over(median),
      least: over((values) => Math.min(...values)),
      greatest: over((values) => Math.max(...values)),
    };
  }

  /**
   * Where the rows of both tables of a curve are in epochs or gradient calls: those of steps lie straight between the epochs
   * around them, which is where they are unless a phase of other costs begins in between.
   *
   * @param unit `epoch` or `gradientCalls`
   */
  function timesOf({ curve: { epochs, steps }, ...run }, unit) {
    const end = unit === "epoch" ? run.epochs : run.gradientCalls;
    // A run that diverged took steps after its last evaluation.
    const [places, times] = [[...epochs.steps, run.steps], [...epochs[unit], end]];
    return { epochs: epochs[unit], steps: onGrid(places, times, steps.step ?? []) };
  }

  /** Where a predator first takes part: the time of the first step with a distance; null where there is none. */
  function huntBegins({ curve: { steps } }, times) {
    const row = (steps.distance ?? []).findIndex((distance) => distance !== null);
    return row < 0 ? null : times.steps[row];
  }

  /**
   * Labels beside vertical lines, in as many rows as it takes to have none over another.
   *
   * @param labels each with `at`, the pixel of its line, and its `width`; both ascend in `at`
   * @returns for each the pixel that it begins at, and its row
   */
  function placed(labels, right, gap = 8) {
    const ends = [];
    return labels.map(({ at, width }) => {
      const from = Math.min(at, right - width);
      const free = ends.findIndex((end) => end + gap <= from);
      const row = free < 0 ? ends.length : free;
      ends[row] = from + width;
      return { from, row };
    });
  }

  return { onGrid, gridOf, median, bandOf, timesOf, huntBegins, placed };
})();
