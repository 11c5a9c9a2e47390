import { type BadInput, inputsOf, serviceWith } from './bad-input.ts';

const { refused, warned } = inputsOf('camp');

const env = (value: string): string => serviceWith(`id: a\nenv:\n  A: ${value}`);

/** `$brooklyn:` expressions. */
export const DSL_ROWS: readonly BadInput[] = [
  warned('dsl-unknown-entity', 'a component that is not there', env('$brooklyn:component(▸"missing").attributeWhenReady("host.address")')),
  warned('dsl-unknown-sensor', 'a sensor that nobody publishes', env('$brooklyn:root().attributeWhenReady(▸"nothing")')),
  warned('dsl-unknown-config', 'a config key that nobody sets', env('$brooklyn:config(▸"nothing")')),
  refused('dsl-syntax', 'an unbalanced quote', env("'$brooklyn:component(▸\"db)'")),
  refused('dsl-syntax', 'a bracket too many', env('"$brooklyn:self()▸)"')),
  refused('dsl-syntax', 'a bare function', env('$brooklyn:sel▸f')),
  refused('dsl-syntax', 'nothing after the prefix', env('"$brooklyn▸:"')),
  refused('dsl-syntax', 'no comma between arguments', env('$brooklyn:component("db" ▸"x")')),
  refused('dsl-unknown-function', 'an unknown function', env('$brooklyn:▸attributeWhenRady("x")')),
  refused('dsl-unsupported', 'a key that is known only later', serviceWith('env: {▸$brooklyn:config("name"): x}')),
  refused('dsl-arguments', 'too few arguments', env('$brooklyn:▸attributeWhenReady()')),
  refused('dsl-arguments', 'too many arguments', env('$brooklyn:▸config("a", "b", "c")')),
  refused('dsl-arguments', 'a format with too few values', env('\'$brooklyn:▸formatString("%s%s", "a")\'')),
  refused('dsl-arguments', 'a format with a line end that takes none', env('\'$brooklyn:▸formatString("%s%s%n", "x")\'')),
  refused('dsl-arguments', 'a format a kilometre wide', env('\'$brooklyn:formatString(▸"%999999999s", "a")\'')),
  refused('dsl-arguments', 'an exponential pattern', env('\'$brooklyn:regexReplacement("a", ▸"(a+)+$", "b")\'')),
  refused('dsl-arguments', 'a pattern with a back-reference', env('\'$brooklyn:regexReplacement("a", ▸"(a)\\\\1", "b")\'')),
  refused('dsl-arguments', 'a pattern that is none', env('\'$brooklyn:regexReplacement("a", ▸"(a", "b")\'')),
  refused(
    'dsl-limit',
    'an expression 200 deep',
    serviceWith(`brooklyn.config:\n  a: ▸${'$brooklyn:urlEncode('.repeat(200)}x${')'.repeat(200)}`),
  ),
  refused('dsl-limit', 'an expression of 100 kB', serviceWith(`brooklyn.config:\n  a: ▸'$brooklyn:literal("${'x'.repeat(100_000)}")'`)),
  refused('dsl-siblings', 'keys beside a function', serviceWith('brooklyn.config:\n  a: {▸"$brooklyn:literal": x, b: 1}')),
  refused('dsl-entity-value', 'an entity where a value is needed', serviceWith('memory: ▸$brooklyn:root()')),
  refused('config-cycle', 'config in a circle', serviceWith('brooklyn.config:\n  a: ▸$brooklyn:config("b")\n  b: $brooklyn:config("a")')),
  refused('dependency-cycle', 'waiting for itself', env('▸$brooklyn:self().attributeWhenReady("host.address")')),
];
