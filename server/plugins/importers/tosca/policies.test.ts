import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf } from '../../../testing/read-tosca.ts';

const read = (rest: string, types = '') => {
  const reading = readTosca(`tosca_definitions_version: tosca_simple_yaml_1_3
${types}topology_template:
  node_templates:
    server: { type: tosca.nodes.Compute }
    app: { type: tosca.nodes.SoftwareComponent, requirements: [{ host: server }] }
    web:
      type: tosca.nodes.Container.Application
      artifacts: { i: { file: nginx, type: tosca.artifacts.Deployment.Image.Container.Docker } }
${rest}`);
  return {
    services: servicesOf(reading),
    camp: reading.camp,
    findings: reading.findings.map((finding) => finding.replace(/ \d+:\d+ /, ' ')),
  };
};

describe('policies of a group, as Brooklyn has them', () => {
  it.each<readonly [string, unknown]>([
    ['localhost', 'localhost'],
    ['{ "jclouds:aws-ec2": { region: us-west-2 } }', { 'jclouds:aws-ec2': { region: 'us-west-2' } }],
  ])('give the members a location: %s', (value, location) => {
    const { services, findings } = read(`  groups:\n    g: { members: [server], policies: [{ brooklyn.location: ${value} }] }\n`);
    expect(findings).toEqual([]);
    expect(services.server.location).toEqual(location);
    expect(services.web.location).toBeUndefined();
  });

  it('are policies, enrichers and initializers of the members by their names', () => {
    const { services } = read(`  groups:
    g:
      members: [web]
      policies:
      - scaler: { type: org.apache.brooklyn.policy.autoscaling.AutoScalerPolicy, metricLowerBound: 10, name: x }
      - latency: { type: org.apache.brooklyn.policy.enricher.HttpLatencyDetector, properties: { a: 1 } }
      - sensor: { type: org.apache.brooklyn.core.sensor.StaticSensor, brooklyn.config: { name: foo } }
`);
    expect(services.web).toMatchObject({
      'brooklyn.policies': [
        { type: 'org.apache.brooklyn.policy.autoscaling.AutoScalerPolicy', name: 'x', 'brooklyn.config': { metricLowerBound: 10 } },
      ],
      'brooklyn.enrichers': [{ type: 'org.apache.brooklyn.policy.enricher.HttpLatencyDetector', 'brooklyn.config': { a: 1 } }],
      'brooklyn.initializers': [{ type: 'org.apache.brooklyn.core.sensor.StaticSensor', 'brooklyn.config': { name: 'foo' } }],
    });
  });

  it('are of the application where the group has no members', () => {
    const { camp } = read('  groups:\n    g: { members: [], policies: [{ p: { type: org.apache.brooklyn.policy.X } }] }\n');
    expect(camp['brooklyn.policies']).toEqual([{ type: 'org.apache.brooklyn.policy.X' }]);
  });
});

describe('policies of the topology', () => {
  it('scale their targets, also those of a group', () => {
    const { services, findings } = read(
      '  groups:\n    g: { type: tosca.groups.Root, members: [web] }\n  policies:\n  - s: { type: tosca.policies.Scaling, targets: [g], properties: { min_instances: 1, max_instances: 5, default_instances: 3 } }\n',
    );
    expect(findings).toEqual([]);
    expect(services['web-cluster']['brooklyn.config']).toMatchObject({ 'cluster.initial.size': 3, 'cluster.max.size': 5 });
  });

  it('scale what hosts their target', () => {
    const { services } = read(
      '  policies:\n  - s: { type: tosca.policies.Scaling, targets: [app], properties: { default_instances: 2 } }\n',
    );
    expect(services['server-cluster']['brooklyn.config']['dynamiccluster.memberspec']).toMatchObject({
      '$brooklyn:entitySpec': { type: 'same-server', 'brooklyn.children': [{ id: 'app' }] },
    });
  });

  it('scale by a metric and its bounds', () => {
    const { services, findings } = read(`  policies:
  - s:
      type: tosca.policies.Scaling
      targets: [web]
      properties: { min_instances: 1, max_instances: 5 }
      triggers:
        up: { metric: cpu, condition: { threshold: 80, comparison_operator: gt } }
        down: { metric: cpu, condition: { threshold: 20, comparison_operator: lt } }
`);
    expect(findings).toEqual([]);
    expect(services['web-cluster']['brooklyn.policies']).toMatchObject([
      { 'brooklyn.config': { metric: 'cpu', metricUpperBound: 80, metricLowerBound: 20, minPoolSize: 1, maxPoolSize: 5 } },
    ]);
  });

  it('place their targets', () => {
    const { services, findings } = read(
      '  policies:\n  - p: { type: tosca.policies.Placement, targets: [web], properties: { location: cloud-1 } }\n',
    );
    expect(findings).toEqual([]);
    expect(services.web.location).toBe('cloud-1');
  });

  it('of other kinds have no effect, which is said', () => {
    const types = 'policy_types:\n  my.Backup: { derived_from: tosca.policies.Root }\n';
    expect(
      read('  policies:\n  - b: { type: my.Backup, targets: [web] }\n  - u: { type: tosca.policies.Update }\n', types).findings,
    ).toEqual([
      'warning not-supported A policy of the type “my.Backup” has no effect.',
      'warning not-supported A policy of the type “tosca.policies.Update” has no effect.',
    ]);
    expect(read('  policies:\n  - b: { type: my.Bakup, targets: [web] }\n', types).findings).toEqual([
      'error tosca-unknown-type There is no policy type “my.Bakup”.',
    ]);
  });

  it('name nodes and groups that are there', () => {
    expect(read('  policies:\n  - p: { type: tosca.policies.Placement, targets: [wbe], properties: { location: x } }\n').findings).toEqual([
      'error tosca-unknown-node There is no node or group “wbe”.',
    ]);
  });
});
