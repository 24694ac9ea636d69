/**
 * The sweep: what a program does last with the vectors of its state, as one WebAssembly SIMD loop where that is possible.
 *
 * `divide` cuts it off the graph, `planOf` arranges it into passes, `Sweeper` carries it out over a `SweepMemory`.
 */
export { divide, type Division, isScalar, type Sweep, sweepInput } from "./divide.ts";
export { type Region, SLOTS, SweepMemory } from "./memory.ts";
export { nextName, type Place, type Plan, planOf } from "./plan.ts";
export { Sweeper } from "./sweeper.ts";
