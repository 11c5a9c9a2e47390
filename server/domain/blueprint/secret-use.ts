import type { SecretKey } from '../shared/secret-record.ts';
import { callsIn } from './calls-in.ts';
import type { ConfigValue } from './config-value.ts';
import { type CallNode, type DslTree, nestedExpressions, textArgument } from './dsl-tree.ts';
import type { FindingPlace, InputFindings } from './findings.ts';
import type { DeferredUse } from './plan-state.ts';

/** A secret that a blueprint names, and where. */
export interface SecretUse extends SecretKey {
  readonly place: FindingPlace;
}

/** Every `external("provider", "name")` of a text, in its order; one whose arguments are expressions themselves is known only when it runs. */
export function secretUses(uses: readonly DeferredUse[], findings: InputFindings): readonly SecretUse[] {
  return uses.flatMap(({ tree, path }) =>
    callNodes(tree).flatMap(({ name, args: [provider, key], range }) => {
      const given = { provider: textArgument(provider), name: textArgument(key) };
      if (name !== 'external' || given.provider === null || given.name === null) return [];
      return [{ provider: given.provider, name: given.name, place: findings.place(range, path) }];
    }),
  );
}

function callNodes({ calls }: Pick<DslTree, 'calls'>): readonly CallNode[] {
  return calls.flatMap((call) => [call, ...call.args.flatMap((argument) => [...nestedExpressions(argument)].flatMap(callNodes))]);
}

/** The secrets that a value reads; null for a part that only its evaluation tells. */
export function secretsRead(value: ConfigValue): readonly { readonly provider: string | null; readonly name: string | null }[] {
  return callsIn(value).flatMap(({ name, args: [provider, key] }) => {
    return name === 'external' ? [{ provider: textOf(provider), name: textOf(key) }] : [];
  });
}

function textOf(value: ConfigValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
