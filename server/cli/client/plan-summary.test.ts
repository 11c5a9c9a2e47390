import { describe, expect, it } from 'vitest';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { summarizePlan, toSummaryLines } from './plan-summary.ts';

const plugins = await loadPlugins();

function summarize(text: string) {
  const result = planApplication({ text }, { ...plugins, catalog: EMPTY_CATALOG });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return { plan: result.plan, summary: summarizePlan(result.plan, plugins.entityTypes) };
}

const COMPOSE = `
name: shop
services:
  web:
    image: nginx:1.22
    ports: ["127.0.0.1:8080-8090:80", "9000/udp"]
    networks: [front]
    depends_on: [db]
    deploy: { replicas: 3, resources: { limits: { memory: 64m, cpus: "0.5" } } }
  db: { image: "redis:7.0", networks: [back], volumes: ["data:/data"] }
  copy: { image: "redis:7.0", network_mode: none, volumes: ["data:/data"] }
networks: { front: {}, back: {} }
volumes: { data: {} }
`;

describe('what a plan would make', () => {
  it('tells order, images, networks, ports and where the containers may go', () => {
    const { summary, plan } = summarize(COMPOSE);
    expect(summary.order).toEqual(['.', 'web', 'db', 'web/member', 'copy']);
    expect(summary.images).toEqual([
      { image: 'redis:7.0', entities: ['db', 'copy'] },
      { image: 'nginx:1.22', entities: ['web/member'] },
    ]);
    expect(summary.networks).toEqual([
      { name: 'back', entities: ['db'] },
      { name: 'front', entities: ['web/member'] },
    ]);
    expect(summary.ports).toEqual([
      { entity: 'web/member', container: 80, protocol: 'tcp', host: { from: 8080, to: 8090 }, address: '127.0.0.1' },
      { entity: 'web/member', container: 9000, protocol: 'udp', host: null },
    ]);
    expect(summary.placement).toMatchObject([
      { entity: 'db', containers: 1, sameHostAs: ['copy'] },
      { entity: 'web/member', containers: 3, memoryBytes: 64 * 1024 ** 2, cpus: 0.5, sameHostAs: ['web/member'] },
      { entity: 'copy', containers: 1, sameHostAs: ['db'] },
    ]);
    expect(toSummaryLines(summary, plan).join('\n')).toContain('127.0.0.1:8080-8090 → 80/tcp');
  });

  it('leaves out what only an expression gives, and takes what the application gives to all', () => {
    const { summary } = summarize(`
name: a
location: uat
brooklyn.config: { docker.memory: 32m }
services:
- { type: "docker:redis:7.0", id: db }
- type: docker:nginx:1.22
  id: web
  env: { DB: '$brooklyn:component("db").attributeWhenReady("host.address")', KEEP: yes }
- type: DynamicCluster
  id: pages
  initialSize: $brooklyn:config("count")
  brooklyn.config: { count: 2 }
  memberSpec: { type: "docker:nginx:1.22" }
`);
    expect(summary.placement).toMatchObject([
      { containers: 1, location: 'uat', memoryBytes: 32 * 1024 ** 2 },
      { containers: 1, location: 'uat', memoryBytes: 32 * 1024 ** 2 },
      { containers: null, location: 'uat' },
    ]);
  });

  it('counts the first member of a cluster by itself, where it differs', () => {
    const { summary } = summarize(
      'services:\n- type: cluster\n  initialSize: 3\n  firstMemberSpec: {type: "docker:a"}\n  memberSpec: {type: "docker:b"}\n',
    );
    expect(summary.placement.map(({ entity, containers }) => `${entity} ${containers}`).sort()).toEqual([
      'cluster/first-member 1',
      'cluster/member 2',
    ]);
  });
});
