/**
 * ONNX Runtime, quiet: what `onnxruntime-node` stands for in the engines and in the tests, see `scopes` in deno.json. Its build
 * for Node has telemetry compiled in, which writes under the user's cache folder and looks up a host as soon as a session is
 * made; Deno's permissions do not bind native code. What turns it off is read when the library loads, and imports are
 * evaluated in order: so it stands first. It computes nothing, so it is none of the sources of a record.
 */
import "./no_telemetry.ts";

export { InferenceSession, Tensor } from "onnxruntime-node";
