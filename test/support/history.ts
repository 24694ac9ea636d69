const finding = (verdict: string) => ({ verdict, subject: "mnist1k ppm", quantity: "gradient calls to generalise" });

/** The median of a cell, and what of it the history draws. */
const timed = (value: number) => ({
  ...finding("reproduced"),
  tier: "time",
  cell: { case: "mnist1k", key: "k" },
  seeds: [0, 1, 2, 3, 4],
  numbers: { calls: { expected: null, found: { value, relation: "=" } } },
});

const night = (day: string, verdict: string) => ({
  judgedAt: `2026-11-${day}T02:00:00.000Z`,
  profile: "paper",
  engine: "onnx",
  verdict,
  ...(day === "02" && { runs: { repeated: 3, fresh: 415 } }),
  findings: [finding(verdict), finding("incomplete"), timed(verdict === "drift" ? 700 : 400)],
});

/** A folder of three judgements: two that saw nothing, and one of the gate that saw a shift; who asks removes it. */
export function threeNights(): string {
  const folder = Deno.makeTempDirSync();
  for (const [day, verdict] of [["01", "reproduced"], ["02", "reproduced"], ["03", "drift"]]) {
    Deno.writeTextFileSync(`${folder}/${day}.json`, JSON.stringify(night(day, verdict)));
  }
  return folder;
}
