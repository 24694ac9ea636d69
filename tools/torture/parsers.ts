import fc from "fast-check";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { DataError } from "../../src/data/data_error.ts";
import { parseIdx } from "../../src/data/idx.ts";
import { UsageError } from "../../src/errors.ts";
import { parseCanaryFile } from "../../src/gate/canary/reference.ts";
import { expectationPath, readExpectation } from "../../src/gate/expectation.ts";
import { readHistory } from "../../src/report/history.ts";
import { CheckpointError, MAGIC, readCheckpoint } from "../../src/run/record/checkpoint.ts";
import { compact } from "../../src/run/record/compact.ts";
import { linesIn } from "../../src/run/record/lines.ts";
import { parseRecord } from "../../src/run/record/parse.ts";
import { START } from "../../src/run/progress.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { runUnderWay } from "../../src/watch/view.ts";
import { hostileTextsOf } from "./hostile.ts";

/** Something that reads what others may have written. */
export interface Parser {
  readonly name: string;
  readonly documents: fc.Arbitrary<string | Uint8Array<ArrayBuffer>>;
  /** Whether a document is taken. What throws is a defect: refusals in words are caught here. */
  readonly takes: (document: string | Uint8Array<ArrayBuffer>) => boolean;
}

/** What hostile documents are made of, and a folder for those that are read from files. */
export interface Material {
  readonly record: RunRecord;
  readonly catalogue: Catalogue;
  /** `expected`. */
  readonly expected: string;
  readonly scratch: string;
}

type Refusal = new (...args: never[]) => Error;

/** Whether something is read; a refusal of this kind says no, any other error is passed on. */
function isRead(read: () => unknown, refusal: Refusal): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof refusal) return false;
    throw error;
  }
}

function put(path: string, text: string | Uint8Array<ArrayBuffer>): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  if (typeof text === "string") Deno.writeTextFileSync(path, text);
  else Deno.writeFileSync(path, text);
}

// deno-lint-ignore no-explicit-any -- documents are taken apart to make small ones of their kind
const jsonOf = (path: string): any => JSON.parse(Deno.readTextFileSync(path));

const MOST_OF_A_REASON = 600;

/** A rejection is one line that can be printed. */
function takesRecord(text: string, catalogue: Catalogue): boolean {
  const found = parseRecord(text, catalogue);
  if ("record" in found) return true;
  const said = found.rejected;
  if (/\p{Cc}/u.test(said) || said.length > MOST_OF_A_REASON) throw new Error(`rejected with: ${JSON.stringify(said)}`);
  return false;
}

const recordParsers = ({ record, catalogue }: Material): Parser[] => {
  const line = JSON.stringify(compact(record));
  return [
    ...[["record", record], ["compact record", compact(record)]].map(([name, made]) => ({
      name: name as string,
      documents: hostileTextsOf(made as RunRecord),
      takes: (text: string | Uint8Array) => takesRecord(text as string, catalogue),
    })),
    {
      name: "file of records",
      documents: hostileTextsOf(compact(record)).map((text) => `${line}\n${text}\n{"records":2}\n`),
      takes: (text) => {
        const lines = [...linesIn((text as string).split("\n"))];
        return lines.every((each) => !("wrong" in each) && takesRecord(each.text, catalogue));
      },
    },
  ];
};

function expectationParser({ expected, scratch }: Material): Parser {
  const { seal: _, ...whole } = jsonOf(join(expected, "smoke", "tiny-div.json"));
  return {
    name: "expectation",
    documents: hostileTextsOf(sealed({ ...whole, cells: whole.cells.slice(0, 2), laws: [] })),
    takes: (text) => {
      put(expectationPath("smoke", "tiny-div", scratch), text);
      return isRead(() => readExpectation("smoke", "tiny-div", scratch), UsageError);
    },
  };
}

function canaryParser({ expected }: Material): Parser {
  const { seal: _, ...whole } = jsonOf(join(expected, "canary", "tiny-div.json"));
  const [first] = whole.canaries;
  return {
    name: "canary file",
    documents: hostileTextsOf(sealed({ ...whole, canaries: [{ ...first, entries: first.entries.slice(0, 1) }] })),
    takes: (text) => isRead(() => parseCanaryFile(text as string, "a file"), UsageError),
  };
}

/** What 'deno task gate --gate-json' writes, as far as a history reads it. */
const JUDGEMENT = {
  judgedAt: "2026-11-28T00:00:00.000Z",
  profile: "smoke",
  engine: "onnx",
  verdict: "reproduced",
  commits: ["c0ffee0000"],
  runs: { repeated: 0, fresh: 2 },
  findings: [{
    tier: "time",
    subject: "tiny-div adamw",
    cell: { case: "tiny-div", key: "0123456789ab" },
    quantity: "gradient calls to generalise",
    verdict: "reproduced",
    numbers: { calls: { expected: null, found: { value: 40, relation: "=" } } },
    seeds: [0, 1],
  }],
};

const judgementParser = ({ scratch }: Material): Parser => ({
  name: "judgement",
  documents: hostileTextsOf(JUDGEMENT),
  takes: (text) => {
    put(join(scratch, "history", "a.json"), text);
    return isRead(() => readHistory(join(scratch, "history")), UsageError);
  },
});

/** A checkpoint file around a header, with a checksum that fits. */
function checkpointAround(header: string, arrays: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array([...new TextEncoder().encode(`${header}\n`), ...arrays]);
  const digest = createHash("sha256").update(body).digest("hex");
  return new Uint8Array([...new TextEncoder().encode(`${MAGIC}\n${digest}\n`), ...body]);
}

/** What is taken can be watched, too. */
function checkpointParser({ record: { id, curve, case: caseId, algorithm }, catalogue, scratch }: Material): Parser {
  const header = {
    id,
    stem: id,
    spec: { case: caseId, algorithm, overrides: {}, seed: 0, engine: "onnx" },
    progress: START,
    timing: { wallSeconds: 1, secondsMemorised: null, secondsGeneralised: null },
    curve,
    revision: { commit: null, dirty: null },
    sources: "s",
    computation: "c",
    sizes: [["theta", 3]],
  };
  return {
    name: "checkpoint",
    documents: fc.tuple(hostileTextsOf(header), fc.constantFrom(0, 12, 12, 13)).map(([text, bytes]) =>
      checkpointAround(text, new Uint8Array(bytes))
    ),
    takes: (file) => {
      const path = join(scratch, "checkpoint");
      put(path, file);
      return isRead(() => runUnderWay(readCheckpoint(path)!, 0, catalogue), CheckpointError);
    },
  };
}

/** Two images of two by two. */
const IMAGES = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8];

const imagesParser = (): Parser => {
  const change = fc.tuple(fc.nat({ max: IMAGES.length - 1 }), fc.nat({ max: 255 }));
  return {
    name: "IDX file",
    documents: fc.tuple(fc.array(change, { maxLength: 3 }), fc.nat({ max: IMAGES.length })).map(([changes, end]) => {
      const made = Uint8Array.from(IMAGES);
      for (const [at, to] of changes) made[at] = to;
      return made.slice(0, end);
    }),
    takes: (file) => isRead(() => parseIdx(file as Uint8Array, "a file", 3), DataError),
  };
};

/** Everything that reads documents of others. */
export const parsersOf = (material: Material): Parser[] => [
  ...recordParsers(material),
  expectationParser(material),
  canaryParser(material),
  judgementParser(material),
  checkpointParser(material),
  imagesParser(),
];

/** How many documents were taken, and how many refused. */
export interface Taken {
  readonly parser: string;
  readonly taken: number;
  readonly refused: number;
}

/** Gives a parser so many documents. @throws {Error} with the document that it throws on, and how it is had again */
export function tried({ name, documents, takes }: Parser, count: number, seed: number): Taken {
  let taken = 0;
  fc.assert(fc.property(documents, (document) => void (taken += takes(document) ? 1 : 0)), { numRuns: count, seed });
  return { parser: name, taken, refused: count - taken };
}
