/** The Deno that the suite is tested with, as CI and the documentation name it. */
export const TESTED = "2.9.6";

/** The first Deno that can load the suite: 2.8 fails at what `main.ts` loads late, those before it import no texts. */
const OLDEST = "2.9.0";

const numbersOf = (version: string): number[] => version.split(/[.+-]/).slice(0, 3).map(Number);

/** Whether one version is before another; what follows its three numbers does not count. */
function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map(numbersOf);
  const at = a.findIndex((n, i) => n !== b[i]);
  return at >= 0 && a[at] < b[at];
}

/** What a person has to know of the Deno that a command is run by, in one line. */
export interface VersionAdvice {
  readonly line: string;
  /** Whether it cannot load the suite at all. */
  readonly isTooOld: boolean;
}

/** What is to be said of a version of Deno; null of the one that the suite is tested with. */
export function adviceOn(version: string): VersionAdvice | null {
  if (version === TESTED) return null;
  const give = `npx -y deno@${TESTED} task …`;
  return isBefore(version, OLDEST)
    ? {
      isTooOld: true,
      line: `error: this is Deno ${version}, which cannot load the suite: give the command as ${give}`,
    }
    : { isTooOld: false, line: `this is Deno ${version}; the suite is tested with ${TESTED}: ${give}` };
}
