import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addValue, checkKeys } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { readDuration, readInteger } from './read-value.ts';

const KEY = 'docker.container.restartPolicy';
const POLICY_KEYS = ['condition', 'delay', 'max_attempts', 'window'];
const CONDITIONS: Readonly<Record<string, string>> = { none: 'no', 'on-failure': 'on-failure', any: 'always' };

/**
 * `deploy.restart_policy`, else `restart`. Compose leaves a container without either as it ended; here one that failed is started
 * again, and one that ended well has done its work.
 */
export function toRestartPolicy({ attributes, context, entry }: ComposeService, policy: SourceMap | undefined): readonly SourceEntry[] {
  const { findings } = context;
  if (policy !== undefined) return toSwarmPolicy(findings, policy);
  const restart = attributes.get('restart');
  if (restart === undefined) return [entryAt(entry.range, KEY, scalarAt(entry.range, 'on-failure'))];
  const text = textOf(restart.value) ?? '';
  // YAML's `no` is text here, and `false` what other readers make of it.
  const policyText = text === 'false' ? 'no' : text;
  if (/^(?:no|always|unless-stopped|on-failure(?::\d{1,6})?)$/.test(policyText)) {
    return [entryAt(restart.range, KEY, scalarAt(restart.value.range, policyText))];
  }
  addValue(findings, restart.value, `“restart” is no, always, unless-stopped, on-failure or on-failure:3, not ${quoteText(text)}.`);
  return [];
}

function toSwarmPolicy(findings: Findings, policy: SourceMap): readonly SourceEntry[] {
  checkKeys(findings, policy, POLICY_KEYS);
  const condition = policy.entries.get('condition');
  const text = condition === undefined ? 'any' : (textOf(condition.value) ?? '');
  const known = Object.hasOwn(CONDITIONS, text) ? CONDITIONS[text] : undefined;
  const attempts = readInteger(findings, policy.entries.get('max_attempts'), { min: 0, max: 999_999 });
  for (const key of ['delay', 'window']) {
    const entry = policy.entries.get(key);
    if (entry !== undefined && readDuration(findings, entry) !== undefined) {
      addNoEffect(findings, entry, 'the pause before a restart grows with the failures in a row');
    }
  }
  if (known === undefined && condition !== undefined) {
    addValue(findings, condition.value, `“condition” is none, on-failure or any, not ${quoteText(text)}.`);
    return [];
  }
  const limited = attempts !== undefined && attempts > 0;
  const attemptsEntry = policy.entries.get('max_attempts');
  if (limited && known !== 'on-failure' && attemptsEntry !== undefined) {
    addNoEffect(findings, attemptsEntry, 'attempts are counted only with “condition: on-failure”');
  }
  const range = condition?.value.range ?? policy.range;
  const value = known === 'on-failure' && limited ? `on-failure:${attempts}` : (known ?? 'always');
  return [entryAt(condition?.range ?? policy.range, KEY, scalarAt(range, value))];
}
