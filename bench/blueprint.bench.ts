import { parseDocument } from 'yaml';
import { planApplication } from '../server/domain/blueprint/plan-application.ts';
import { createPlanMemory, type PlanMemory } from '../server/domain/blueprint/plan-memory.ts';
import type { TypeLibrary } from '../server/domain/blueprint/type-library.ts';
import { EMPTY_CATALOG } from '../server/domain/catalog/catalog.ts';
import { loadPlugins } from '../server/plugins/registry.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';

const LARGE = 5_000;
const SMALL = 500;
const EDITS = 20;

/** How long a check takes, against what the YAML library alone takes to parse the same text. */
export const bench: Bench = {
  name: 'blueprint',
  what: `check of ${LARGE} services in ms against the YAML library alone; check of ${SMALL} again after an edit`,
  async run({ rounds, say, signal }) {
    const library: TypeLibrary = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
    const large = blueprint(LARGE);
    const measured = await alternate(
      { rounds: rounds ?? 9, say, signal },
      async () => timed(() => requireOk(large, library, createPlanMemory())),
      async () => timed(() => parseDocument(large, { uniqueKeys: false })),
    );
    const again: number[] = [];
    const memory = createPlanMemory();
    requireOk(blueprint(SMALL), library, memory);
    for (let edit = 0; edit < EDITS; edit++) {
      const text = blueprint(SMALL).replace('MODE: fast', `MODE: fast-${edit}`);
      again.push(timed(() => requireOk(text, library, memory)));
    }
    const summary = summarise(measured);
    const againMs = rounded(median(again));
    return {
      name: 'blueprint',
      unit: 'ms',
      ...summary,
      target: `${LARGE} services < 1000 ms; ${SMALL} after an edit < 50 ms`,
      met: summary.ours < 1_000 && againMs < 50,
      detail: { services: LARGE, bytes: large.length, againServices: SMALL, againMs, againWorstMs: rounded(Math.max(...again)) },
    };
  },
};

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function requireOk(text: string, library: TypeLibrary, memory: PlanMemory): void {
  const result = planApplication({ text }, library, memory);
  if (!result.ok) throw new Error(`the blueprint of the bench does not plan: ${result.diagnostics[0]?.message.slice(0, 200)}`);
}

/** Services as people write them: an image, limits, ports, environment, and a reference to the one before. */
function blueprint(services: number): string {
  const service = (n: number) => `- type: docker:nginx:1.25
  id: web-${n}
  name: Web ${n}
  brooklyn.config:
    docker.memory: 64m
    docker.container.openPorts: [80]
    docker.container.environment:
      PEER: ${n === 0 ? 'none' : `$brooklyn:component("web-${n - 1}").attributeWhenReady("host.address")`}
      MODE: fast
`;
  return `name: bench\nservices:\n${Array.from({ length: services }, (_, n) => service(n)).join('')}`;
}
