import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EngineContext } from '../engine/engine-context.ts';

export interface Metrics {
  /** The text that Prometheus reads. */
  render(): Promise<string>;
  readonly contentType: string;
  /** One answered request; `route` is a procedure or a kind of request, never a full address. */
  observeRequest(request: { readonly route: string; readonly method: string; readonly status: number; readonly durationMs: number }): void;
  close(): void;
}

/** Gauges are read from the engine when they are asked for; nothing is counted twice. */
export function createMetrics(engine: EngineContext, sockets: { readonly count: number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const durations = new Histogram({
    name: 'clocker_http_request_duration_seconds',
    help: 'Duration of answered HTTP requests',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const commits = new Counter({ name: 'clocker_store_commits_total', help: 'Commits since the start', registers });
  const unsubscribe = engine.store.subscribe(() => commits.inc());
  gauge(registers, 'clocker_store_revision', 'Number of the last commit', () => engine.store.revision);
  gauge(registers, 'clocker_engine_queue_size', 'Keys that wait for a controller', () => engine.queue.size);
  gauge(registers, 'clocker_ws_clients', 'Open WebSocket connections', () => sockets.count);
  gauge(registers, 'clocker_applications', 'Deployed applications', () => engine.store.view.all('application').size);
  const records = engine.store.view;
  gaugeBy(registers, 'clocker_hosts', 'Hosts by state', 'state', () => [...records.all('host').values()].map((host) => host.state));
  gaugeBy(registers, 'clocker_entities', 'Entities by state', 'state', () =>
    [...records.all('entity').values()].map((entity) => entity.actual),
  );
  gaugeBy(registers, 'clocker_instances', 'Containers by state', 'state', () =>
    [...records.all('instance').values()].map((one) => one.state),
  );
  gaugeBy(registers, 'clocker_tasks', 'Kept tasks by status', 'status', () => [...records.all('task').values()].map((task) => task.status));
  return {
    render: () => registry.metrics(),
    contentType: registry.contentType,
    observeRequest: ({ route, method, status, durationMs }) =>
      durations.observe({ route, method, status: String(status) }, durationMs / 1_000),
    close: () => {
      unsubscribe();
      registry.clear();
    },
  };
}

function gauge(registers: Registry[], name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}

function gaugeBy(registers: Registry[], name: string, help: string, label: string, read: () => readonly string[]): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers,
    collect() {
      this.reset();
      for (const value of read()) this.inc({ [label]: value });
    },
  });
}
