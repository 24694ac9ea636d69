/** Importing this module makes every kernel below traceable. */
import "./elementwise.ts";
import "./linear.ts";
import "./reduction.ts";
import "./structure.ts";

export { defineLowering, loweredKernels } from "./lowering.ts";
