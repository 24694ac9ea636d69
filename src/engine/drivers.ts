/** Mesa's drivers look for a display there and call it an error when it is not set, though none is needed. */
export function settleDrivers(): void {
  if (!Deno.env.has("XDG_RUNTIME_DIR")) Deno.env.set("XDG_RUNTIME_DIR", Deno.env.get("TMPDIR") ?? "/tmp");
}
