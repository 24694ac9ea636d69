/** Imported for its effect, before ONNX Runtime. */
Deno.env.set("ORT_DISABLE_TELEMETRY", "1");
