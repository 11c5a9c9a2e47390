import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();

const declared = (text: string) => {
  const result = plan(text);
  return result.ok ? result.plan.root.config['docker.networks'] : result.diagnostics;
};

describe('networks that are entities', () => {
  it('are declarations of their application, by the name that network.list gives', () => {
    const text = `
services:
- type: virtual-network
  id: store
  brooklyn.config: { network.id: riak, network.cidr: 10.60.2.0/24 }
- type: virtual-network
  id: closed
  brooklyn.config: { network.internal: true }
- type: virtual-network
  id: plain
`;
    expect(declared(text)).toEqual({ riak: { subnet: '10.60.2.0/24' }, closed: { internal: true } });
  });

  it('leave what the application declares itself', () => {
    const text = `
brooklyn.config:
  docker.networks: { riak: { subnet: 10.1.0.0/24 } }
services:
- type: virtual-network
  brooklyn.config: { network.id: riak, network.cidr: 10.60.2.0/24 }
- type: virtual-network
  brooklyn.config: { network.id: back, network.cidr: 10.60.3.0/24 }
`;
    expect(declared(text)).toEqual({ riak: { subnet: '10.1.0.0/24' }, back: { subnet: '10.60.3.0/24' } });
  });
});
