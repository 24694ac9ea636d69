import { isIP } from "node:net";

/** Where a page is served unless another address is asked for. */
export const LOOPBACK = "127.0.0.1";

/** An address or a name as it stands in an address of the web; null for what is neither. */
export function hostInUrl(host: string): string | null {
  if (isIP(host) === 6) return URL.parse(`http://[${host}]/`)?.hostname ?? null;
  return /[^\w.-]/.test(host) ? null : URL.parse(`http://${host}/`)?.hostname ?? null;
}

/** Whether an address, as it stands in one of the web, is for every one that the machine has. */
export const isEvery = (host: string): boolean => host === "0.0.0.0" || host === "[::]";

/** Whether only this machine reaches an address. */
export const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host);

const isAddress = (host: string) => isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0;

/**
 * Whether a request may name a host when the page is served on another, both as they stand in an address of the web. A page
 * elsewhere whose name was made to point here (DNS rebinding) sends its own name, and would read what it likes: so names are
 * those that are known to be of this machine. An address can be made to point nowhere else.
 *
 * @param own the machine's name for itself, or null
 */
export function mayName(host: string, served: string, own: string | null): boolean {
  const known = [LOOPBACK, "localhost", served, own?.toLowerCase()];
  return known.includes(host) || (isEvery(served) && isAddress(host));
}
