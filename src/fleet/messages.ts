import type { Revision } from "../run/record/provenance.ts";
import type { TrialSpec } from "../run/trial.ts";

/** One run of an order. */
export interface RunOrder {
  readonly spec: TrialSpec;
  /** What a run is of that goes on from the checkpoint that is there. */
  readonly resumed: Revision;
  /** Whether the run is done again: a record of it that is there is set aside when its turn comes. */
  readonly again: boolean;
  /** Whether it then begins at its start, whatever checkpoint there is. */
  readonly fromStart: boolean;
}

/**
 * What a worker is told first: one JSON line on its stdin, which then stays open. A `Stop` asks it to stop one run, and closing
 * stdin all of them.
 */
export interface Order {
  readonly runs: readonly RunOrder[];
  /** How many of them there are side by side; one that ends makes room for the next. */
  readonly lanes: number;
  readonly results: string;
  readonly revision: Revision;
  /** Addresses of the plug-ins, in the order in which they are loaded. */
  readonly plugins: readonly string[];
  /** What the code was when the runs were planned; a worker does not start on another one. */
  readonly sources: string;
}

/** The place in its order of a run that is to stop. */
export interface Stop {
  readonly stop: number;
}

/** Where a run is, for its progress line. */
export interface Progress {
  readonly kind: "progress";
  readonly epoch: number;
  readonly maxEpochs: number;
  readonly phase: string;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly stepsPerSecond: number;
  /** Seconds to the end of the budget, or of the extra epochs once it has generalised. */
  readonly etaSeconds: number;
}

/** What a worker says of one run. */
export type Said =
  | Progress
  /** The epoch that the run goes on from; null: from its start. */
  | { readonly kind: "begun"; readonly from: number | null }
  | { readonly kind: "note"; readonly line: string }
  | { readonly kind: "finished"; readonly path: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly line: string };

/** What a worker says: JSON lines on its stdout, each with the place in its order of the run that it is about. */
export type Report = Said & { readonly run: number };

const encoder = new TextEncoder();

export const encodeLine = (message: Order | Stop | Report): Uint8Array =>
  encoder.encode(JSON.stringify(message) + "\n");

/** The JSON lines of a byte stream. */
export async function* lines<T>(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<T> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    for (const part of parts) if (part.trim()) yield JSON.parse(part) as T;
  }
}
