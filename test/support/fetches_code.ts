/** Asks for code of another host, and says what comes of it. The host is no literal: such a one would be asked for at once. */
const host = ["https:", "", "jsr.io", "none.ts"].join("/");
try {
  await import(host);
  console.log("it was fetched");
} catch (error) {
  console.log((error as Error).message);
}
