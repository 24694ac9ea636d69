import type { Graph, Value } from "./graph.ts";

/**
 * A graph as text that says what is computed and nothing else: values are numbered in the order in which they are
 * needed, so that what was traced and is not used, and the names of variables, leave no trace.
 */
export function graphText(graph: Graph): string {
  const numbers = new Map<Value, number>();
  const lines: string[] = [];
  const specOf = ({ dtype, shape }: Value) => `${dtype}[${shape}]`;
  const numbered = (value: Value): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(value, number);
    if (value.input !== undefined) lines.push(`${number} = input ${value.input} ${specOf(value)}`);
    else if (!value.producer) lines.push(`${number} = constant ${specOf(value)} ${literal(value)}`);
    return number;
  };
  for (const { op, inputs, outputs, attributes } of graph.nodes) {
    const given = inputs.map((value) => value ? numbered(value) : "-");
    const entries = Object.entries(attributes).sort(([a], [b]) => a < b ? -1 : 1);
    const results = outputs.map((value) => `${numbered(value)} ${specOf(value)}`);
    lines.push(`${results.join(", ")} = ${op}(${given.join(", ")}) ${JSON.stringify(entries)}`);
  }
  for (const { name, value } of graph.outputs) lines.push(`output ${name} = ${numbered(value)}`);
  return lines.join("\n");
}

/** −0 is not 0. */
const exact = (x: number) => Object.is(x, -0) ? "-0" : String(x);

const literal = ({ data, fill }: Value): string => data ? data.map(exact).join(" ") : `all ${exact(fill!)}`;
