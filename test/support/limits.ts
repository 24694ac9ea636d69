/** Number of a resource, the files that a process has open, by which Linux is told its limit. */
const OPEN_FILES = 7;

/** Whether {@linkcode limitOpenFiles} works here; a test that needs it says so where it does not. */
export const canLimit = Deno.build.os === "linux";

/** Lowers a limit of this process, as `ulimit -n` does for those that a shell starts. */
export function limitOpenFiles(most: number): void {
  const signature = { parameters: ["i32", "buffer"], result: "i32" } as const;
  const libc = Deno.dlopen("libc.so.6", { setrlimit: signature });
  const bounds = BigUint64Array.of(BigInt(most), BigInt(most));
  const failed = libc.symbols.setrlimit(OPEN_FILES, bounds);
  if (failed) throw new Error(`setrlimit: ${failed}`);
}
