import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname, join, normalize } from "node:path";
import { Ajv } from "ajv";
import { parse } from "@std/csv";
import { parseBench } from "../../src/commands/options.ts";
import { canonical } from "../../src/run/record/seal.ts";
import { completed } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { planOf } from "../../src/fleet/plan.ts";
import { commandOf } from "../../src/site/command.ts";
import { threeNights } from "../support/history.ts";
import { catalogue, cli } from "../support/runs.ts";
import { filesOf, publishedSite } from "../support/site.ts";

const history = threeNights();
const site = await publishedSite("--history", history, "--url", "https://example.org/hunt");
const read = (path: string) => Deno.readTextFileSync(join(site, path));
const files = [...filesOf(site)];
const pages = files.filter((path) => path.endsWith(".html"));

Deno.test("the site of the paper profile stays under 1.5 MB without its runs", () => {
  const bytes = files.filter((path) => !path.startsWith("runs/")).map((path) => Deno.statSync(join(site, path)).size);
  const total = bytes.reduce((a, b) => a + b);
  assert(total < 1.5e6, `${total} bytes`);
});

Deno.test("every link and resource of every page is a file of the site, and nothing is loaded from elsewhere", () => {
  const wrong = pages.flatMap((path) => {
    const references = [...read(path).matchAll(/<(\w+)[^>]*? (?:href|src)="([^"]*)"/g)];
    return references.flatMap(([, tag, target]) => {
      if (/^https?:/.test(target)) return tag === "a" ? [] : [`${path} loads ${target}`];
      const [file] = target.split("#");
      if (file === "" || target.startsWith("data:")) return [];
      return files.includes(normalize(join(dirname(path), file))) ? [] : [`${path} leads to ${target}`];
    });
  });
  assertEquals(wrong, []);
});

Deno.test("nothing holds up the first paint but the style: scripts of a page come after its text", () => {
  const blocking = pages.filter((path) => /<script[^>]* src=/.test(read(path).split("</head>")[0]));
  assertEquals(blocking, []);
});

Deno.test("a page has seven entries in its navigation at most, whatever the cases are", () => {
  for (const path of pages) {
    const [navigation] = /<nav.*?<\/nav>/s.exec(read(path))!;
    assert(navigation.match(/<a /g)!.length <= 7, path);
  }
});

Deno.test("the page of a case says of each method what it is held against and why", () => {
  const text = read(pages.find((path) => path.endsWith("mnist1k.html"))!);
  const { control, controlReason } = find("algorithm", catalogue.algorithms, "ppm-adamw");
  assertStringIncludes(text, `<code>ppm-adamw</code> over <code>${control}</code>: ${controlReason}`);
});

Deno.test("every run that the leaderboard names has its data", () => {
  const board = JSON.parse(read("leaderboard.json"));
  const ids: string[] = board.problems.flatMap(({ rows }: { rows: { runs: { id: string }[] }[] }) =>
    rows.flatMap(({ runs }) => runs.map(({ id }) => id))
  );
  assert(ids.length > 100);
  assertEquals(ids.filter((id) => !files.includes(`runs/${id}.js`)), []);
  const lines = parse(read("runs.csv"), { skipFirstRow: true }) as Record<string, string>[];
  assertEquals(lines.map(({ id }) => id), ids);
  const { generalised } = JSON.parse(/showRun\((.*)\);/s.exec(read(`runs/${ids[0]}.js`))![1]).record;
  assertEquals(Number(lines[0]["generalised, gradient calls"]), generalised.gradientCalls);
});

Deno.test("the command of a run makes that run again, whatever its fields", () => {
  const { records } = readArchive("expected", catalogue);
  assert(records.length > 200);
  const wrong = records.filter((record) => {
    const command = commandOf(catalogue, record);
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const options = parseBench(words.slice("deno task bench".split(" ").length));
    const plan = planOf(catalogue, find("profile", catalogue.profiles, catalogue.defaultProfile), options, "every");
    const [{ case: definition, config, algorithm, hyper, spec: { seed, engine } }] = plan;
    const planned = [definition.id, config, algorithm.id, hyper, seed, engine];
    // A record from before a field came is silent about it.
    const [recorded, constants] = [
      completed(definition.fields, record.config),
      completed(algorithm.fields, record.hyper),
    ];
    const made = [record.case, recorded, record.algorithm, constants, record.seed, record.engine];
    return plan.length !== 1 || canonical(planned) !== canonical(made);
  });
  assertEquals(wrong.map((record) => commandOf(catalogue, record)), []);
});

Deno.test("leaderboard.json is as its schema says, and the schema refuses another", () => {
  const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(
    JSON.parse(read("leaderboard.schema.json")),
  );
  const text = read("leaderboard.json");
  assert(validate(JSON.parse(text)), JSON.stringify(validate.errors?.slice(0, 3)));
  assertEquals(validate(JSON.parse(text.replace('"rank":1', '"rank":"first"'))), false);
});

Deno.test("what is beyond the first give-up is called that beside a table that says solved, and in the data", () => {
  const { overall: { standings, limits, problems }, problems: boards } = JSON.parse(read("leaderboard.json"));
  const text = read("index.html").replace(/<[^>]*>/g, " ");
  const at = problems.findIndex((_: string, i: number) => limits[i] !== null);
  assertStringIncludes(text, `beyond ${limits[at].toLocaleString("en-US")} calls`);
  // deno-lint-ignore no-explicit-any -- as its schema says
  const { rows } = boards.find(({ title }: any) => title === problems[at]);
  for (const { algorithm, ratios } of standings) {
    // deno-lint-ignore no-explicit-any -- as its schema says
    const { commonCalls } = rows.find(({ method }: any) => method === algorithm);
    assertEquals(ratios[at] === null, commonCalls.relation === ">=" || commonCalls.value > limits[at], algorithm);
  }
});

Deno.test("the signs of two algorithms are the same on the page of their case and in the data", () => {
  const { problems: [{ case: id, rows }] } = JSON.parse(read("leaderboard.json"));
  // deno-lint-ignore no-explicit-any -- as its schema says
  const { speedup: { signs: { wins, losses, p } } } = rows.find(({ speedup }: any) => speedup?.signs.p < 0.05);
  const page = read(`cases/${id}.html`).replaceAll("\u00a0", " ");
  assertStringIncludes(page, `${wins} : ${losses}, p = ${p.toPrecision(2)}`);
});

Deno.test("the figures are those of the leaderboard command, and censored cells have no bare ratio", async () => {
  const { stdout } = await cli(["leaderboard", "-p", "paper", "-c", "mnist1k", "--results", "expected/paper/records"]);
  const rows = parse(read("leaderboard.csv"), { skipFirstRow: true }) as Record<string, string>[];
  for (const row of rows.filter(({ problem }) => problem === "mnist1k")) {
    const line = stdout.split("\n").find((each) => each.startsWith(`| ${row.algorithm} `))!;
    for (const figure of [row.epochs, row["gradient calls"], row.speedup]) assertStringIncludes(line, figure);
  }
  for (const row of rows.filter(({ epochs }) => epochs.startsWith("≥"))) {
    assert(/^(?:[≤–]|$)/.test(row.speedup), `${row.problem} ${row.algorithm}: ${row.speedup}`);
  }
});

Deno.test("the same records give the same bytes", async () => {
  const again = await publishedSite("--history", history, "--url", "https://example.org/hunt");
  const different = files.filter((path) => read(path) !== Deno.readTextFileSync(join(again, path)));
  assertEquals(different, []);
  Deno.removeSync(dirname(again), { recursive: true });
});

Deno.test("history and feed tell of the night at which the verdict changed, not of the one that repeated it", () => {
  const feed = read("feed.atom");
  assertEquals([...feed.matchAll(/<entry>/g)].length, 2);
  assertStringIncludes(feed, "paper on onnx: drift");
  assertStringIncludes(feed, "mnist1k ppm: gradient calls to generalise");
  assertStringIncludes(feed, 'href="https://example.org/hunt/history.html"');
  // Black text could not be read on a dark page.
  assert(!read("history.html").includes('"#000"'));
  assertStringIncludes(
    read("history.html"),
    "Gradient calls to generalise of paper onnx mnist1k ppm, seeds 0–4, over 3 judgements; no change of level",
  );
  assertStringIncludes(read("history.html"), "The level of no cell has changed over 1 series.");
  assertEquals([...read("history.html").matchAll(/<time dateTime|<time datetime/g)].length >= 3, true);
});

Deno.test("reference records are called that, and the last night that was independent of them stands beside", () => {
  const text = read("index.html").replace(/<[^>]*>/g, "");
  assertMatch(text, /These are the reference records: [\d,]+ runs that others are compared with/);
  assertStringIncludes(
    text,
    "Last independent night: 2026-11-02, profile paper, engine onnx, 415 new runs: reproduced.",
  );
});

Deno.test("a folder beside the site that only has a similar name is left alone", async () => {
  const folder = Deno.makeTempDirSync();
  for (const name of ["site.old", "site.next"]) {
    Deno.mkdirSync(`${folder}/${name}`);
    Deno.writeTextFileSync(`${folder}/${name}/thesis.txt`, "mine");
  }
  for (let times = 0; times < 2; times++) {
    const args = ["publish", "-p", "smoke", "--results", "expected/smoke/records", "--out", `${folder}/site`];
    assertEquals((await cli(args)).code, 0);
  }
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["site", "site.next", "site.old"]);
  assertEquals(Deno.readTextFileSync(`${folder}/site.old/thesis.txt`), "mine");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a site and a history are where whoever gave the command stands", async () => {
  const folder = Deno.makeTempDirSync();
  const args = ["publish", "-p", "smoke", "--results", "expected/smoke/records", "--out", "mine"];
  const here = { INIT_CWD: folder };
  const from = (path: string) => args.map((each) => each === "expected/smoke/records" ? path : each);
  assertStringIncludes((await cli(args, here)).stderr, "no records of profile 'smoke' in");
  const { code, stderr } = await cli(from(normalize(join(Deno.cwd(), "expected/smoke/records"))), here);
  assertEquals(code, 0, stderr);
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["mine"]);
  assertStringIncludes((await cli([...args, "--history", "none"], here)).stderr, "there is no such folder");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("publish refuses what it cannot do, and replaces only what it made", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/thesis.txt`, "mine");
  const results = ["-p", "paper", "--results", "expected/paper/records"];
  const refused: [string[], string][] = [
    [[...results, "--out", folder], "is a folder that publish did not make"],
    [[...results, "--history", `${folder}/none`], "there is no such folder"],
    [[...results, "--url", "nowhere"], "is no URL"],
    [["-p", "paper", "--results", folder, "--out", `${folder}/site`], "no records of profile 'paper'"],
  ];
  for (const [args, reason] of refused) {
    const { code, stderr } = await cli(["publish", ...args]);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, reason);
  }
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["thesis.txt"]);
  Deno.writeTextFileSync(`${folder}/x.json`, "{}");
  assertStringIncludes((await cli(["publish", ...results, "--history", folder])).stderr, "is no judgement");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a row with a single seed is not ranked, and does not have the others ranked on that seed alone", () => {
  const { problems } = JSON.parse(read("leaderboard.json"));
  // deno-lint-ignore no-explicit-any -- as its schema says
  for (const { rankedOn, rows } of problems as any[]) {
    assert(rankedOn.length >= 3, String(rankedOn));
    for (const { rank, runs } of rows) {
      const seeds = runs.map(({ seed }: { seed: number }) => seed);
      assert(rank === null || rankedOn.every((seed: number) => seeds.includes(seed)));
    }
  }
});
