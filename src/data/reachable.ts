/**
 * Whether one of the addresses answers a HEAD request with success within `timeoutMs` milliseconds.
 *
 * A host for which net permission is not granted counts as silent: asking would stop an unattended run at a prompt.
 */
export async function reachable(urls: readonly URL[], timeoutMs: number): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    await Promise.any(urls.map((url) => head(url, controller.signal)));
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

async function head(url: URL, signal: AbortSignal): Promise<void> {
  const { state } = await Deno.permissions.query({ name: "net", host: url.host });
  if (state !== "granted") throw new Error(`no permission to reach ${url.host}`);
  const response = await fetch(url, { method: "HEAD", signal });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
