import type { Program, ProgramSpec } from "../program.ts";
import type { Lanes } from "../vmap.ts";

/**
 * Compiles a function of tensors with a state: traced once, then each call is one of ONNX Runtime and one sweep of the
 * state, on one thread. ONNX Runtime is loaded with the first program, so that whoever only traces has no need of it.
 *
 * With lanes, so many copies run side by side: every tensor has them as its first axis, but for inputs that they share.
 *
 * @throws {TraceError} where the function reads a tensor, captures one, or uses an operation without a lowering
 * @throws {Error} where it changes shape or element type of its state, or gives results that are no numbers
 */
export async function compile(spec: ProgramSpec, lanes: Lanes | null = null): Promise<Program> {
  const { compile } = await import("./program.ts");
  return await compile(spec, lanes);
}
