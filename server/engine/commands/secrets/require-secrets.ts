import type { ApplicationPlan } from '../../../domain/blueprint/application-plan.ts';
import type { Diagnostic } from '../../../domain/blueprint/diagnostic.ts';
import { quoteText } from '../../../domain/blueprint/findings.ts';
import { secretsRead } from '../../../domain/blueprint/secret-use.ts';
import type { EntitySpec } from '../../../domain/entity/entity-spec.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { commandToSet, type SecretKey, secretId } from '../../../domain/shared/secret-record.ts';
import type { StoreView } from '../../../ports/store.ts';

/** A finding for each place where the plan reads a secret that there is not. */
export function missingSecrets({ secrets = [] }: ApplicationPlan, view: StoreView): readonly Diagnostic[] {
  return secrets
    .filter((use) => !hasSecret(use, view))
    .map((use) => ({ code: 'secret-missing', severity: 'error', ...sayMissing(use, view), ...use.place }));
}

/** For a plan that was made before. @throws ClockerError blueprint.invalid */
export function requireSecretsOf(root: EntitySpec, view: StoreView): void {
  for (const { provider, name } of secretsIn(root)) {
    if (provider === null || name === null || hasSecret({ provider, name }, view)) continue;
    throw new ClockerError('blueprint.invalid', sayMissing({ provider, name }, view));
  }
}

function hasSecret(key: SecretKey, view: StoreView): boolean {
  return view.get('secret', secretId(key)) !== undefined;
}

function sayMissing(key: SecretKey, view: StoreView): { readonly message: string; readonly hint: string } {
  const { provider, name } = key;
  const providers = new Set([...view.all('secret').values()].map((secret) => secret.provider));
  const known = providers.has(provider)
    ? `The provider ${quoteText(provider)} has no`
    : `There is no provider ${quoteText(provider)}, and so no`;
  return { message: `${known} secret ${quoteText(name)}.`, hint: `An administrator sets it: ${commandToSet(key)}` };
}

function secretsIn({ config, parameters = [], children, memberSpec, firstMemberSpec }: EntitySpec): ReturnType<typeof secretsRead> {
  const values = [...Object.values(config), ...parameters.flatMap(({ defaultValue }) => defaultValue ?? [])];
  const below = [...children, ...(memberSpec ? [memberSpec] : []), ...(firstMemberSpec ? [firstMemberSpec] : [])];
  return [...values.flatMap(secretsRead), ...below.flatMap(secretsIn)];
}
