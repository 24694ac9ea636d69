/** Resources whose limits are told to the system by number; of Linux. */
const RESOURCES = { fileSize: 1, openFiles: 7 } as const;

/** Whether {@linkcode limit} works here; a test that needs it says so where it does not. */
export const canLimit = Deno.build.os === "linux";

/** Lowers a limit of this process, as `ulimit` does for those that a shell starts. */
export function limit(resource: keyof typeof RESOURCES, most: number): void {
  const signature = { parameters: ["i32", "buffer"], result: "i32" } as const;
  const libc = Deno.dlopen("libc.so.6", { setrlimit: signature });
  const bounds = BigUint64Array.of(BigInt(most), BigInt(most));
  const failed = libc.symbols.setrlimit(RESOURCES[resource], bounds);
  if (failed) throw new Error(`setrlimit: ${failed}`);
}
