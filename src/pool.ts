/**
 * Does the work of each item, up to `workers` at a time, begun in the order of the items.
 *
 * @returns what came of them, in their order
 */
export async function pooled<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const waiting = items.entries();
  const lane = async () => {
    // Lanes share one iterator, so each item is taken once.
    for (const [i, item] of waiting) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, lane));
  return results;
}
