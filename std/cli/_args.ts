/** Literal names out of an inferred option. */
type Names<T> = Extract<T, string>;

/** Aliases of names. */
export type Aliases = Readonly<Record<string, string | readonly string[]>>;

type AliasesOf<K, A> = K extends keyof A ? A[K] extends readonly (infer N)[] ? N : A[K] : never;

type Collected<K, T, C> = K extends C ? T[] : T;

/** `false` where a name can be negated. */
type Negated<K, N> = K extends N ? false : never;

/** The value of a name with a default is that of the command line or the default. */
type Or<K, T, D> = K extends keyof D ? D[K] | NonNullable<T> : T;

type OptionalNames<S, C, D> = Exclude<Names<S>, Names<C> | keyof D>;

/** Name → value, before aliases. */
type Flags<B, S, C, N, D> =
  & { [K in Names<B>]: Or<K, Collected<K, boolean, C>, D> }
  & { [K in OptionalNames<S, C, D>]?: string | Negated<K, N> }
  & { [K in Exclude<Names<S>, OptionalNames<S, C, D>>]: Or<K, Collected<K, string, C> | Negated<K, N>, D> }
  & { [K in Exclude<Names<C>, Names<B | S>>]: unknown[] | Negated<K, N> }
  & { [K in Exclude<keyof D, Names<B | S | C>>]: unknown };

type WithAliases<F, A> = { [K in keyof F as K | Extract<AliasesOf<K, A>, PropertyKey>]: F[K] };

/** Named flags are typed; without any, and with all booleans allowed only by equals signs, values are `any`. */
export type Values<B, S, C, N, D, A> = [Names<B | S | C> | Extract<B, true>] extends [never]
  // deno-lint-ignore no-explicit-any
  ? Record<string, any>
  : Record<string, unknown> & WithAliases<Flags<B, S, C, N, D>, A>;
