import { describe, expect, it } from 'vitest';
import { findAppImage } from '../../plugins/hosts/lab/image-catalog.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { createPlanner, planOf } from '../../testing/blueprint-types.ts';
import { cloudBlueprints, deployableBlueprints, unverifiedBlueprints } from '../../testing/shipped-blueprints.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';
import { parseBytes } from '../entity/quantities.ts';
import { configShape } from './type-registry.ts';

const plan = await createPlanner();
const { entityTypes } = await loadPlugins();
const deployable = deployableBlueprints().map(({ file, text }) => [file, text] as const);
const clouds = cloudBlueprints().map(({ file, text }) => [file, text] as const);
const unverified = unverifiedBlueprints().map(({ file, text }) => [file, text] as const);

interface PlannedContainer {
  readonly image: string;
  readonly memoryBytes: number;
  readonly hostPorts: readonly unknown[];
}

/** One for each member of a cluster. */
function containersOf({ type, config, children, memberSpec, locations }: EntitySpec): readonly PlannedContainer[] {
  const members = memberSpec === null ? [] : containersOf(memberSpec);
  const copies = Array.from({ length: Number(config['cluster.initial.size'] ?? 1) }, () => members).flat();
  const below = [...copies, ...children.flatMap(containersOf)];
  const plugin = entityTypes.get(type);
  // Software that says a location of its own there has a machine.
  const inContainer = plugin?.container !== undefined || (plugin?.software !== undefined && locations === undefined);
  if (!inContainer) return below;
  const value = (key: string) => config[key] ?? defaultOf(type, key);
  const tag = value('docker.image.tag');
  const ports = [config['docker.container.directPorts'] ?? [], config['proxy.http.port'] ?? []].flat();
  return [
    {
      image: `${value('docker.image.name') ?? plugin.software?.baseImage}${tag === undefined ? '' : `:${tag}`}`,
      memoryBytes: parseBytes(String(config['docker.memory'] ?? '256m')) ?? 0,
      hostPorts: ports.filter((port) => /^\d+$/.test(String(port))),
    },
    ...below,
  ];
}

function defaultOf(type: string, key: string): unknown {
  const plugin = entityTypes.get(type);
  return plugin && configShape(plugin)[key]?.safeParse(undefined).data;
}

describe('blueprints that ship', () => {
  it('are the examples that Clocker 0.8 came with, and some more', () => {
    expect(deployable.length).toBeGreaterThanOrEqual(12);
    expect(unverified.length).toBeGreaterThanOrEqual(9);
  });

  it.each(deployable)('%s has no finding at all, and can be deployed', (_, text) => {
    expect(plan(text)).toMatchObject({ ok: true, deployable: true, diagnostics: [] });
  });

  it.each(clouds)('%s makes a Docker cloud, has no finding at all, and can be deployed', (_, text) => {
    expect(plan(text)).toMatchObject({ ok: true, deployable: true, diagnostics: [] });
  });

  it.each(deployable)('%s needs images of the lab and fits on three small hosts', (_, text) => {
    const containers = containersOf(planOf(plan(text)).root);
    expect(containers.length).toBeGreaterThan(0);
    expect(containers.length).toBeLessThan(10);
    for (const { image } of containers) expect(findAppImage(image), image).toBeDefined();
    expect(containers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)).toBeLessThan(2.5 * 1024 ** 3);
  });

  it('do not take each other’s ports of a host', () => {
    const ports = deployable.flatMap(([, text]) => containersOf(planOf(plan(text)).root).flatMap(({ hostPorts }) => hostPorts));
    expect(ports.length).toBeGreaterThan(0);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it.each(unverified)('unverified/%s plans, and asks for nothing that is not known', (_, text) => {
    const result = plan(text);
    expect(result.ok).toBe(true);
    const known = ['type-planned', 'type-unverified', 'key-planned', 'key-not-honoured'];
    expect(result.diagnostics.filter(({ code }) => !known.includes(code))).toEqual([]);
  });
});
