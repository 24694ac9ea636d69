import type { Engine, Program, ProgramSpec } from "../../src/engine/mod.ts";
import { trace } from "../../src/jit/mod.ts";
import { gemmFlops } from "./flops.ts";

/** An engine that counts the arithmetic of what it runs. */
export interface MeteredEngine extends Engine {
  /** Floating-point operations in matrix products since the start. */
  readonly flops: number;
}

/** Counts on the traced graph whatever the engine, because a compiled and an eager run do the same products. */
export function metered(engine: Engine): MeteredEngine {
  let flops = 0;
  return {
    id: engine.id,
    get flops() {
      return flops;
    },
    async compile(spec: ProgramSpec): Promise<Program> {
      const each = gemmFlops(trace(spec.body, { ...spec.state, ...spec.inputs }));
      const program = await engine.compile(spec);
      return {
        load: (state) => program.load(state),
        run(inputs) {
          flops += each;
          return program.run(inputs);
        },
        state: () => program.state(),
        dispose: () => program.dispose(),
      };
    },
  };
}
