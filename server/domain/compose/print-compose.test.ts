import { describe, expect, it } from 'vitest';
import { createPlanner, planOf } from '../../testing/blueprint-types.ts';
import { printCompose } from './print-compose.ts';

const plan = await createPlanner();
const print = (text: string) => printCompose(planOf(plan(text)));

describe('printCompose', () => {
  it('says what CAMP says in the words of Compose', () => {
    const { text, leftOut } = print(`
name: My Shop
services:
- type: docker-container
  id: web
  brooklyn.config:
    docker.image.name: nginx
    docker.image.tag: "1.25"
    env: {PRICE: 5$, DEBUG: false, EMPTY: null}
    portBindings: {8080: 80}
    openPorts: [443, 53/udp]
    memory: 512m
    stopTimeout: 1m 30s
    files: {/etc/site.conf: "listen $PORT;"}
    volumes: ["data:/data"]
`);
    expect(leftOut).toEqual([]);
    expect(text).toBe(`name: my-shop
services:
  web:
    image: nginx:1.25
    mem_limit: 512m
    environment:
      PRICE: 5$$
      DEBUG: "false"
      EMPTY: ""
    ports: [8080:80, "443", 53/udp]
    volumes: [data:/data]
    configs:
    - source: web-file-1
      target: /etc/site.conf
      mode: "0644"
    restart: always
    stop_grace_period: 1m30s
volumes:
  data: {}
configs:
  web-file-1:
    content: listen $$PORT;
`);
  });

  it('replaces addresses and ports of other services by their names', () => {
    const { text, leftOut } = print(`
services:
- type: docker:app
  id: web
  env:
    HOST: $brooklyn:component("db").attributeWhenReady("host.address")
    PORT: $brooklyn:component("db").attributeWhenReady("docker.port.3306")
    BOTH: $brooklyn:component("db").attributeWhenReady("mapped.docker.port.3306")
    URL: $brooklyn:formatString("mysql://%s/%s", component("db").attributeWhenReady("host.subnet.address"), component("db").config("name"))
    TEXT: $brooklyn:literal("$brooklyn:x")
- type: docker:mysql
  id: db
  brooklyn.config: {name: shop}
`);
    expect(text).toContain('HOST: db\n');
    expect(text).toContain('PORT: "3306"\n');
    expect(text).toContain('BOTH: db:3306\n');
    expect(text).toContain('URL: mysql://db/shop\n');
    expect(text).toContain('TEXT: $$brooklyn:x\n');
    expect(leftOut).toEqual([{ service: 'db', what: 'name', why: 'Compose has no such setting' }]);
  });

  it('leaves out what Compose cannot say, and says it at the service', () => {
    const { text, leftOut } = print(`
services:
- type: cluster
  id: web
  initialSize: 3
  maxSize: 5
  memberSpec:
    type: docker:nginx
    env: {STARTED: $brooklyn:component("lb").attributeWhenReady("service.isUp"), A: "1"}
- type: haproxy
  id: lb
  target: $brooklyn:component("web")
`);
    expect(leftOut.map(({ service, what }) => [service, what])).toEqual([
      ['web', 'docker.container.environment.STARTED'],
      ['web', 'cluster.max.size'],
      [null, 'lb (haproxy)'],
    ]);
    expect(text).toMatch(/^# lb \(haproxy\): Compose runs containers of images only\n/);
    expect(text).toContain('  # cluster.max.size: Compose has no such setting\n  web:\n');
    expect(text).toContain('replicas: 3');
    expect(text).not.toContain('STARTED:\n');
  });

  it('gives services of nested groups names of their own', () => {
    const { text } = print(`
services:
- type: application
  id: shop
  brooklyn.children: [{type: "docker:a"}, {type: "docker:b", id: b}]
- type: docker:a
`);
    expect([...text.matchAll(/^ {2}([\w.-]+):$/gm)].map(([, name]) => name)).toEqual(['shop-a', 'b', 'a']);
  });

  it('gives volumes that are a service’s own different names', () => {
    const { text } = print(`
services:
- {type: "docker:a", id: a, volumes: ["data:/data", "data:/more"]}
- {type: "docker:b", id: b, volumes: ["data:/data"]}
`);
    expect(text).toContain('volumes: [data:/data, data:/more]');
    expect(text).toContain('volumes: [b-data:/data]');
    expect(text).toContain('volumes:\n  data: {}\n  b-data: {}\n');
  });
});
