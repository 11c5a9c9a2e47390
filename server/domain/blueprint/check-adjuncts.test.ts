import { describe, expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { planApplication } from './plan-application.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };

function conflictsIn(services: string) {
  const { diagnostics } = planApplication({ text: `location: here\nservices:\n${services}` }, library);
  return diagnostics.filter(({ code }) => code === 'adjunct-conflict');
}

const scaled = (policies: string): string => `- type: cluster
  id: web
  memberSpec: { type: 'docker:nginx:1' }
  brooklyn.policies:
${policies}`;

const SCALER = '  - { type: AutoScalerPolicy, brooklyn.config: { metric: load, metricUpperBound: 9 } }';

describe('checkAdjuncts', () => {
  it('tells two policies that would change one thing, where the second stands', () => {
    expect(conflictsIn(scaled(`${SCALER}\n${SCALER}`))).toMatchObject([
      {
        line: 8,
        severity: 'error',
        message: 'Two of “Auto-scaler” would change the size of web.',
        path: 'services[0].brooklyn.policies[1].type',
      },
    ]);
  });

  it('has nothing against one on each of two clusters', () => {
    expect(conflictsIn(`${scaled(SCALER)}\n${scaled(SCALER).replace('id: web', 'id: api')}`)).toEqual([]);
  });

  it('knows them by their own names', () => {
    expect(conflictsIn(scaled(`${SCALER}\n${SCALER.replace('{ type', '{ name: By night, type')}`))).toMatchObject([
      { message: '“By night” and “Auto-scaler” would change the size of web.' },
    ]);
  });

  it('finds those of the members of a cluster', () => {
    const restarters = 'brooklyn.policies: [{ type: ServiceRestarter }, { type: ServiceRestarter }]';
    expect(conflictsIn(`- type: cluster\n  id: web\n  memberSpec: { type: 'docker:nginx:1', ${restarters} }`)).toHaveLength(1);
  });

  it('looks past config that is known only when it runs', () => {
    const late = SCALER.replace('metricUpperBound: 9', 'metricUpperBound: $brooklyn:config("most")');
    expect(conflictsIn(scaled(`${SCALER}\n${late}`))).toHaveLength(1);
  });
});
