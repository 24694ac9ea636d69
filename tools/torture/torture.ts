import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../bench/mod.ts";
import { stream } from "../../src/data/stream.ts";
import { copy } from "../audit/tree.ts";
import { drawn, type Fault, type Shown, type Stage } from "./faults.ts";
import { type Parser, parsersOf, type Taken, tried } from "./parsers.ts";
import { type Harm, Scene } from "./scene.ts";
import { SealedFiles } from "./sealed_files.ts";

const EXPECTED = fileURLToPath(new URL("../../expected", import.meta.url));

/** What is asked for. */
export interface Request {
  readonly faults: number;
  /** Hostile documents for each parser. */
  readonly documents: number;
  readonly seed: number;
  readonly among: readonly Fault[];
  readonly tell: (line: string) => void;
}

/** Harm that a fault or a document did, told apart by what it was. */
export interface Injury {
  /** Of the fault; 0 for a document. */
  readonly number: number;
  readonly kind: string;
  readonly what: keyof Harm | "hung" | "crashed";
  readonly files: readonly string[];
}

/** What came of it; counts are of files. */
export interface Torture {
  readonly faults: number;
  readonly lost: number;
  readonly differing: number;
  readonly accepted: number;
  /** Faults after which a bench had to be killed. */
  readonly hung: number;
  /** Parsers that a document has crashed. */
  readonly crashed: number;
  readonly seed: number;
  /** Faults by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly injuries: readonly Injury[];
  readonly documents: readonly Taken[];
}

const injuriesOf = (number: number, kind: string, harm: Partial<Harm>, hung: boolean): Injury[] =>
  [
    ...(["lost", "differing", "accepted"] as const).map((what) => ({ number, kind, what, files: harm[what] ?? [] })),
    ...(hung ? [{ number, kind, what: "hung" as const, files: ["a bench"] }] : []),
  ].filter(({ files }) => files.length > 0);

/** Lets the faults happen one after the other on one folder, which is begun anew whenever its plan is done. */
async function suffer(plan: readonly Fault[], stage: Stage, tell: Request["tell"]): Promise<Injury[]> {
  const { scene } = stage;
  const injuries: Injury[] = [];
  const note = (number: number, kind: string, shown: Shown) => {
    const own = injuriesOf(number, kind, { ...scene.inspect(), accepted: shown.accepted }, shown.hung ?? false);
    for (const { what, files } of own) tell(`fault ${number}, ${kind}: ${what}: ${files.join(", ")}`);
    injuries.push(...own);
  };
  for (const [i, fault] of plan.entries()) {
    if (scene.complete) scene.clear();
    note(i + 1, fault.kind, await fault.happen(stage));
    if ((i + 1) % 20 === 0) tell(`${i + 1} of ${plan.length} faults`);
  }
  // What all of it left is brought to its end undisturbed.
  note(plan.length, "none", { hung: !await scene.bench().ended() });
  if (!scene.complete) injuries.push({ number: plan.length, kind: "none", what: "lost", files: ["runs of the plan"] });
  return injuries;
}

/** What became of the parsers. */
interface HaveRead {
  readonly taken: readonly Taken[];
  readonly crashed: readonly Injury[];
}

const NOTHING_READ: HaveRead = { taken: [], crashed: [] };

/** Gives every parser its documents; one that throws is told of with the document, and the others go on. */
function read(parsers: readonly Parser[], { documents, seed, tell }: Pick<Request, "documents" | "seed" | "tell">) {
  const taken: Taken[] = [];
  const crashed: Injury[] = [];
  for (const parser of parsers) {
    try {
      taken.push(tried(parser, documents, seed));
    } catch (error) {
      tell(`${parser.name}: ${(error as Error).message}`);
      crashed.push({ number: 0, kind: parser.name, what: "crashed", files: [(error as Error).message] });
    }
  }
  return { taken, crashed };
}

/** Tries the parsers, then lets a seeded plan of faults happen to benches and files. */
export async function torture({ faults, documents, seed, among, tell }: Request): Promise<Torture> {
  const root = Deno.makeTempDirSync({ prefix: "torture-" });
  try {
    const random = stream(seed, "torture", "128-bit");
    const scene = new Scene(root, catalogue);
    const undisturbed = await scene.prepare();
    tell(`an undisturbed bench takes ${(undisturbed / 1000).toFixed(1)} s`);
    copy(EXPECTED, join(root, "expected"));
    const material = { record: scene.example, catalogue, expected: EXPECTED, scratch: join(root, "scratch") };
    const { taken, crashed } = documents ? read(parsersOf(material), { documents, seed, tell }) : NOTHING_READ;
    const plan = drawn(faults, random, among);
    const sealed = new SealedFiles(join(root, "expected"), catalogue);
    const injuries = [...crashed, ...await suffer(plan, { scene, sealed, random, undisturbed }, tell)];
    const count = (what: Injury["what"]) =>
      injuries.filter((injury) => injury.what === what).reduce((sum, { files }) => sum + files.length, 0);
    const kinds = Object.entries(Object.groupBy(plan, ({ kind }) => kind)).map(([kind, own]) => [kind, own!.length]);
    return {
      faults: plan.length,
      lost: count("lost"),
      differing: count("differing"),
      accepted: count("accepted"),
      hung: count("hung"),
      crashed: count("crashed"),
      seed,
      kinds: Object.fromEntries(kinds),
      injuries,
      documents: taken,
    };
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}
