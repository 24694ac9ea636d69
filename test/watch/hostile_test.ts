import { assert, assertEquals } from "@std/assert";
import { type StoredCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { WatchedFolder } from "../../src/watch/folder.ts";
import { text } from "../../src/watch/text.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, resolved, specOf, storeIn } from "../support/runs.ts";
import { inFolder, madeUpCheckpoint, save, serving, statusFor } from "./support.ts";

const ROOM = { columns: 100, rows: null };
const FOLLOWED = { cases: [], algorithms: [] };

const whole = madeUpCheckpoint(5);
const { progress, curve, spec } = whole;

/** What whoever writes a checkpoint may put into it, with a checksum that fits. */
const CHECKPOINTS: Readonly<Record<string, unknown>> = {
  noProgress: { ...whole, progress: null },
  epochIsText: { ...whole, progress: { ...progress, epoch: "5" } },
  epochIsAnObject: { ...whole, progress: { ...progress, memorised: { epoch: {} } } },
  noSpec: { ...whole, spec: undefined },
  specIsText: { ...whole, spec: "tiny-div" },
  caseIsANumber: { ...whole, spec: { ...spec, case: 5 } },
  seedIsAnObject: { ...whole, spec: { ...spec, case: "unknown", seed: {} } },
  overridesAreNothing: { ...whole, spec: { ...spec, overrides: null } },
  noCurve: { ...whole, curve: undefined },
  columnIsText: { ...whole, curve: { ...curve, epochs: { ...curve.epochs, weightNorm: "heavy" } } },
  columnOfTexts: { ...whole, curve: { ...curve, epochs: { ...curve.epochs, weightNorm: ["heavy"] } } },
  columnOfNothing: { ...whole, curve: { ...curve, steps: { distance: [1, 2] } } },
};

/** And into a record, with a seal that fits. */
const RECORDS: Readonly<Record<string, (record: ReturnType<typeof madeUp>) => object>> = {
  noTiming: ({ timing: _, ...record }) => record,
  noDate: (record) => ({ ...record, timing: { ...record.timing, finishedAt: "tomorrow" } }),
  seedIsText: (record) => ({ ...record, seed: "one" }),
  configIsNothing: (record) => ({ ...record, config: null }),
};

Deno.test("whatever a checkpoint or a record holds, it alone is passed over and named, and the server goes on", () =>
  inFolder((results) =>
    serving(results, async (address) => {
      save(results, whole);
      const named = Object.entries(CHECKPOINTS).map(([name, contents]) => {
        const path = `${results}/.checkpoints/${name}`;
        writeCheckpoint(path, { arrays: {}, ...contents as object } as StoredCheckpoint);
        return path;
      });
      const store = storeIn(results);
      store.save(resolved({ ...specOf("tiny-div", "adamw"), seed: 0 }), madeUp({ seed: 0, generalised: 81 }));
      for (const [name, change] of Object.entries(RECORDS)) {
        const { seal: _, ...record } = change(madeUp({ seed: 1, generalised: 81 })) as { seal: string };
        const path = `${results}/tiny-div/adamw/${name}.json`;
        Deno.writeTextFileSync(path, JSON.stringify(sealed(record)));
        named.push(path);
      }
      const snapshot = new WatchedFolder(results, FOLLOWED, catalogue).snapshot(Date.now());
      assertEquals(snapshot.passedOver.toSorted(), named.toSorted());
      assertEquals([snapshot.underWay.length, snapshot.finished.map(({ seed }) => seed)], [1, [0]]);
      assert(text(snapshot, Date.now(), ROOM).includes(`${named.length} files passed over, unreadable: `));
      // It has looked at the folder meanwhile, many times.
      await new Promise((done) => setTimeout(done, 100));
      assertEquals(await statusFor(address, "localhost"), "200");
    })
  ));

Deno.test("a folder of checkpoints that is a file, a link to nowhere or a ring of links ends nobody who watches", () =>
  inFolder((results) => {
    const path = `${results}/.checkpoints`;
    const look = () => new WatchedFolder(results, FOLLOWED, catalogue).snapshot(0).passedOver;
    Deno.writeTextFileSync(path, "a file");
    assertEquals(look(), []);
    Deno.removeSync(path);
    Deno.symlinkSync(`${results}/nowhere`, path);
    assertEquals(look(), []);
    Deno.removeSync(path);
    Deno.symlinkSync(path, path);
    assertEquals(look(), [path]);
  }));

Deno.test("names that others chose are shown on a terminal, and not obeyed", () =>
  inFolder((results) => {
    const wiping = "\u001b[2J";
    save(results, whole);
    Deno.writeTextFileSync(`${results}/.checkpoints/b${wiping}`, "");
    const shown = text(new WatchedFolder(results, FOLLOWED, catalogue).snapshot(Date.now()), Date.now(), ROOM);
    assert(shown.includes("b\\u001b[2J"));
    assert(!shown.includes("\u001b"));
  }));
