/** Variables by which the dynamic loader is told to take foreign libraries. */
const LOADER = /^(LD|DYLD)_/i;

/**
 * A child process, with the environment of this one but for the variables of the dynamic loader.
 *
 * Deno hands `LD_LIBRARY_PATH` and its like on only where every program may be run, for they run foreign code in any; a
 * task of ours may run one or two programs. Libraries are found by `ldconfig` or by the path that was built in.
 */
export function command(program: string, options: Deno.CommandOptions): Deno.Command {
  const variables = Object.entries({ ...Deno.env.toObject(), ...options.env });
  const env = Object.fromEntries(variables.filter(([name]) => !LOADER.test(name)));
  return new Deno.Command(program, { ...options, clearEnv: true, env });
}
