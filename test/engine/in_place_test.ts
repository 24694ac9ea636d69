import { BinaryReader } from "@bufbuild/protobuf/wire";
import { assert, assertEquals } from "@std/assert";
import * as ort from "onnxruntime-node";
import { trialOf } from "../support/runs.ts";
import { leaves, type Tree, treeOf } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { encodeOnnx, type Graph, inputName, outputName, overwritable, trace } from "../../src/jit/mod.ts";
import { sessionOptions } from "../../src/engine/onnx.ts";
import { stepProgram } from "../../src/run/programs.ts";

interface OptimisedNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The nodes that ONNX Runtime runs in place of those of a traced graph, in order. */
async function optimised(graph: Graph): Promise<OptimisedNode[]> {
  const file = Deno.makeTempFileSync({ suffix: ".onnx" });
  try {
    const options = { ...sessionOptions("cpu"), optimizedModelFilePath: file };
    await (await ort.InferenceSession.create(encodeOnnx(graph), options)).release();
    return nodesOf(Deno.readFileSync(file));
  } finally {
    Deno.removeSync(file);
  }
}

/** `ModelProto`: graph = 7 → `GraphProto`: node = 1 → `NodeProto`: input = 1, output = 2, op_type = 4. */
function nodesOf(model: Uint8Array): OptimisedNode[] {
  const fields = (bytes: Uint8Array, number: number): Uint8Array[] => {
    const found: Uint8Array[] = [];
    for (const reader = new BinaryReader(bytes); reader.pos < reader.len;) {
      const [field, type] = reader.tag();
      if (field === number) found.push(reader.bytes());
      else reader.skip(type, field);
    }
    return found;
  };
  const texts = (bytes: Uint8Array, number: number) =>
    fields(bytes, number).map((text) => new TextDecoder().decode(text));
  return fields(fields(model, 7)[0], 1).map((node) => ({
    op: texts(node, 4)[0],
    inputs: texts(node, 1),
    outputs: texts(node, 2),
  }));
}

function ancestorsOf(node: OptimisedNode, nodes: readonly OptimisedNode[]): Set<OptimisedNode> {
  const producersOf = ({ inputs }: OptimisedNode) =>
    nodes.filter(({ outputs }) => outputs.some((name) => inputs.includes(name)));
  const found = new Set(producersOf(node));
  for (const ancestor of found) for (const other of producersOf(ancestor)) found.add(other);
  return found;
}

/** State that is written where it is read, by phase: every leaf but those that pass through. */
const OWN = "optimiser/0/firstMoment optimiser/0/secondMoment";
const COUPLED = "optimiser/1/firstMoment optimiser/1/secondMoment";
const EXPECTED: Record<string, Record<string, string>> = {
  "adamw": { train: `prey ${OWN}` },
  "adam-l2": { memorise: `prey ${OWN}`, train: `prey ${COUPLED}` },
  "ppm": { "memorise": `prey ${OWN}`, "prey-only": `prey ${COUPLED}`, "hunt": `prey ${COUPLED} predator` },
  "pp-conn": { "memorise": `prey ${OWN}`, "prey-only": `prey ${COUPLED}`, "hunt": `prey ${COUPLED} predator` },
};
/** In the modular cases Algorithm 2 has no first moment. */
const WITHOUT_FIRST = {
  "prey-only": "prey optimiser/1/secondMoment",
  "hunt": "prey optimiser/1/secondMoment predator",
};

for (const caseId of ["tiny-div", "tiny-glyphs"]) {
  for (const [algorithmId, phases] of Object.entries(EXPECTED)) {
    Deno.test(`${caseId} ${algorithmId}: its state is written in place, and may be after ONNX Runtime's fusions`, async () => {
      const { case: found, config, algorithm, hyper } = trialOf(caseId, algorithmId);
      const problem = await found.prepare(config, 0);
      let state: Tree<Float32Array> = { prey: problem.theta0 };
      const inPlace: Record<string, string> = {};
      for (const phase of algorithm.phases(hyper, problem.model.layout)) {
        state = phase.enter(treeOf(leaves(state)), stream(0, "direction"));
        const spec = stepProgram(problem, phase, state, config.batchSize);
        const graph = trace(spec.body, { ...spec.state, ...spec.inputs });
        const names = Object.keys(spec.state).filter((name) => overwritable(graph, name));
        inPlace[phase.id] = names.join(" ");
        const nodes = await optimised(graph);
        for (const name of names) assertSafe(nodes, name);
      }
      const useM = caseId === "tiny-glyphs";
      assertEquals(inPlace, { ...phases, ...(algorithmId === "pp-conn" && !useM ? WITHOUT_FIRST : {}) });
    });
  }
}

/** The writer computes element by element, and whoever else reads the state copies or computes, before it. */
function assertSafe(nodes: readonly OptimisedNode[], name: string): void {
  const elementwise = ["Add", "Sub", "Mul", "Div"];
  const writer = nodes.find(({ outputs }) => outputs.includes(outputName(name)))!;
  assert(elementwise.includes(writer.op), `${name} is written by ${writer.op}`);
  const before = ancestorsOf(writer, nodes);
  for (const reader of nodes.filter(({ inputs }) => inputs.includes(inputName(name)))) {
    assert([...elementwise, "Split"].includes(reader.op), `${name} is read by ${reader.op}`);
    assert(reader === writer || before.has(reader), `${name} may be read by ${reader.op} after it was written`);
  }
}
