import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EngineContext } from '../engine/engine-context.ts';
import type { HostCounters } from '../engine/hosts/host-counters.ts';

export interface Metrics {
  /** The text that Prometheus reads. */
  render(): Promise<string>;
  readonly contentType: string;
  /** One answered request; `route` is a procedure or a kind of request, never a full address. */
  observeRequest(request: { readonly route: string; readonly method: string; readonly status: number; readonly durationMs: number }): void;
  close(): void;
}

export interface MetricSources {
  readonly engine: EngineContext;
  readonly hostCounters: Readonly<HostCounters>;
  readonly sockets: { readonly count: number };
}

/** Gauges and counters are read from the engine when they are asked for; nothing is counted twice. */
export function createMetrics({ engine, hostCounters, sockets }: MetricSources): Metrics {
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
  for (const { read, name, help } of HOST_COUNTERS)
    counter(registers, { name: `clocker_host_${name}_total`, help }, () => read(hostCounters));
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

const HOST_COUNTERS: readonly {
  readonly read: (counters: Readonly<HostCounters>) => number;
  readonly name: string;
  readonly help: string;
}[] = [
  { read: (host) => host.eventsSeen, name: 'events', help: 'Docker events taken' },
  { read: (host) => host.eventsRepeated, name: 'events_repeated', help: 'Docker events that came again after a stream was opened anew' },
  { read: (host) => host.eventStreamBreaks, name: 'event_stream_breaks', help: 'Event streams that ended' },
  { read: (host) => host.eventStreamsMute, name: 'event_streams_mute', help: 'Event streams that were there and did not tell a change' },
  { read: (host) => host.changesByEvent, name: 'changes_by_event', help: 'Changes of containers found where an event pointed' },
  { read: (host) => host.changesByList, name: 'changes_by_list', help: 'Changes of containers that only a full list told' },
  { read: (host) => host.relists, name: 'lists', help: 'Full lists of containers' },
  { read: (host) => host.inspections, name: 'inspections', help: 'Containers looked at one by one' },
  { read: (host) => host.pings, name: 'pings', help: 'Liveness calls' },
  { read: (host) => host.pingsFailed, name: 'pings_failed', help: 'Liveness calls that failed or were late' },
  { read: (host) => host.samples, name: 'samples', help: 'Readings of the counters of a host and its containers' },
  { read: (host) => host.samplesFailed, name: 'samples_failed', help: 'Such readings that failed' },
  { read: (host) => host.surplusRemoved, name: 'surplus_removed', help: 'Containers of ours that no record knew, removed' },
  { read: (host) => host.hostsLost, name: 'lost', help: 'Hosts declared lost' },
];

function counter(registers: Registry[], { name, help }: { readonly name: string; readonly help: string }, read: () => number): void {
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
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
