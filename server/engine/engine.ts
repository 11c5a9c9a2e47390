import { toErrorView } from '../domain/shared/clocker-error.ts';
import type { BlueprintPlanner } from '../ports/blueprint-planner.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { ContextStore } from '../ports/context-store.ts';
import type { HostProvisioner } from '../ports/host-provisioner.ts';
import type { HostConnector } from '../ports/host-session.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Plugins } from '../ports/plugins.ts';
import type { Prober } from '../ports/prober.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SourceFetcher } from '../ports/source-fetcher.ts';
import type { Draft, SensorHistory, Store, TaskLogStore } from '../ports/store.ts';
import { registerAdjunctController } from './adjuncts/adjunct-controller.ts';
import { createAdjunctIndex } from './adjuncts/adjunct-index.ts';
import { type AdjunctRouter, createAdjunctRouter } from './adjuncts/adjunct-router.ts';
import { createAdjunctSettings } from './adjuncts/adjunct-settings.ts';
import { createSensorWriter } from './adjuncts/sensor-writer.ts';
import { registerTrafficMeter } from './balancers/traffic-meter.ts';
import { createChangeRouter } from './change-router.ts';
import { registerApplicationController } from './controllers/application-controller.ts';
import { registerCloudController } from './controllers/cloud-controller.ts';
import { registerClusterController } from './controllers/cluster-controller.ts';
import { registerDrainController } from './controllers/drain-controller.ts';
import { registerEffectController } from './controllers/effect-controller.ts';
import { registerEntityController } from './controllers/entity-controller.ts';
import { createEntityMemory } from './controllers/entity-memory.ts';
import { registerGroupController } from './controllers/group-controller.ts';
import { createHostController, type HostController } from './controllers/host-controller.ts';
import { registerImagePushController } from './controllers/image-push-controller.ts';
import { registerMachineController } from './controllers/machine-controller.ts';
import { registerNetworkController } from './controllers/network-controller.ts';
import { registerPlacementController } from './controllers/placement-controller.ts';
import { registerRebalanceController } from './controllers/rebalance-controller.ts';
import { registerRolloutController } from './controllers/rollout-controller.ts';
import { registerSdnController } from './controllers/sdn-controller.ts';
import { registerSetUpController } from './controllers/set-up-controller.ts';
import { registerSnapshotController } from './controllers/snapshot-controller.ts';
import { registerStateController } from './controllers/state-controller.ts';
import { registerVolumeController } from './controllers/volume-controller.ts';
import type { EngineContext, EngineOptions } from './engine-context.ts';
import { type FeedRunner, registerFeedRunner } from './feeds/feed-runner.ts';
import { createGroupIndex } from './group-index.ts';
import { createHostSessions } from './hosts/host-sessions.ts';
import { createLiveMetrics } from './live-metrics.ts';
import { interruptTasks } from './prune-tasks.ts';
import { recordSensors } from './record-sensors.ts';
import { createNetworkSettler } from './sdn/settle-networks.ts';
import { createSecretTexts } from './secret-texts.ts';
import { sweepContexts } from './sources/sweep-contexts.ts';
import { createTaskRunner } from './task-runner.ts';
import { createWorkQueue } from './work-queue.ts';

const RESYNC_MS = 30_000;
const NO_ANSWER = { why: 'this console tells nobody', retryable: false } as const;
const NO_NOTIFIER: Notifier = { post: async () => NO_ANSWER, mail: async () => NO_ANSWER };

export interface EngineDependencies {
  readonly store: Store;
  readonly taskLogs: TaskLogStore;
  readonly history: SensorHistory;
  /** Files that images are built from. */
  readonly contexts: ContextStore;
  readonly sources: SourceFetcher;
  readonly prober: Prober;
  /** Nobody is told anything unless given. */
  readonly notifier?: Notifier;
  readonly connector: HostConnector;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly plugins: Plugins;
  readonly planner: BlueprintPlanner;
  /** None unless given: Docker clouds then get no machines. */
  readonly provisioners?: ReadonlyMap<string, HostProvisioner>;
  readonly options?: Partial<EngineOptions>;
  /** Uniform in [0, 1). Default `Math.random`. */
  readonly random?: () => number;
}

export interface Engine {
  readonly context: EngineContext;
  /** The host controller, for its counters. */
  readonly hosts: HostController;
  /** Takes up what the last process left, and begins to work. */
  start(): Promise<void>;
  /** No new step is begun; resolves within 3 s, when those under way have ended or were aborted. */
  stop(): Promise<void>;
}

/** Everything that makes things happen. Commands and queries are functions on `context`. */
export function createEngine(dependencies: EngineDependencies): Engine {
  const { store, clock, log } = dependencies;
  const { context, pool } = createContext(dependencies);
  const memory = createEntityMemory();
  const router = createChangeRouter(context, memory);
  const hosts = createHostController(context, pool);
  const settler = createNetworkSettler(context);
  registerEntityController(context, memory, settler);
  registerPlacementController(context, memory);
  registerStateController(context);
  registerClusterController(context);
  registerGroupController(context);
  registerCloudController(context, memory);
  registerMachineController(context);
  registerRolloutController(context);
  registerApplicationController(context);
  registerEffectController(context);
  registerNetworkController(context, settler);
  registerSdnController(context, settler);
  registerVolumeController(context);
  registerSnapshotController(context);
  registerImagePushController(context);
  registerDrainController(context);
  registerRebalanceController(context);
  registerSetUpController(context);
  const traffic = registerTrafficMeter(context);
  const { router: adjuncts, feeds } = createAdjuncts(context);
  let unsubscribe: (() => void) | undefined;
  let unsubscribeMetrics: (() => void) | undefined;
  let cancelResync: (() => void) | undefined;
  let cancelSweep: (() => void) | undefined;
  let stopRecording: (() => void) | undefined;

  function resync(): void {
    cancelResync = clock.after(RESYNC_MS, () => {
      router.resync();
      resync();
    });
  }

  return {
    context,
    hosts,
    async start() {
      await store.commit((draft) => {
        interruptTasks(draft, clock.now());
        forgetConnections(draft, clock.now());
      });
      unsubscribe = store.subscribe((event) => {
        router.route(event);
        adjuncts.route(event);
      });
      unsubscribeMetrics = context.metrics.subscribe((subjectId, _at, values) => adjuncts.onMetrics(subjectId, values));
      stopRecording = recordSensors(context);
      hosts.start();
      router.routeAll();
      adjuncts.routeAll();
      resync();
      cancelSweep = sweepContexts(context);
      log.info('engine started', { entities: store.view.all('entity').size, hosts: store.view.all('host').size });
    },
    async stop() {
      unsubscribe?.();
      unsubscribeMetrics?.();
      stopRecording?.();
      cancelResync?.();
      cancelSweep?.();
      feeds.stop();
      traffic.stop();
      await context.queue.stop();
      await context.sensors.settled();
      await hosts.stop();
    },
  };
}

/** Policies, enrichers and feeds. */
function createAdjuncts(context: EngineContext): { readonly router: AdjunctRouter; readonly feeds: FeedRunner } {
  const index = createAdjunctIndex(createGroupIndex((type) => context.plugins.entityTypes.get(type)?.group !== undefined));
  const settings = createAdjunctSettings(context);
  const feeds = registerFeedRunner(context, { index, settings });
  const router = createAdjunctRouter(context, index, registerAdjunctController(context, { index, settings }));
  return { router, feeds };
}

/** No host is connected to this process yet, whatever the last one has written. */
function forgetConnections(draft: Draft, now: number): void {
  for (const host of draft.all('host').values()) {
    if (host.state === 'ready') draft.put('host', { ...host, state: 'connecting', reason: `Connecting to ${host.name}`, since: now });
  }
}

function createContext(dependencies: EngineDependencies): {
  readonly context: EngineContext;
  readonly pool: ReturnType<typeof createHostSessions>;
} {
  const { store, taskLogs, clock, ids, log, connector, secrets, history, contexts, sources, prober, plugins, planner } = dependencies;
  const options: EngineOptions = {
    hostLostAfterMs: 15_000,
    operationsPerHost: 8,
    sampleMs: 1_000,
    publicUrl: null,
    ...dependencies.options,
  };
  const pool = createHostSessions({ view: store.view, connector, secrets, operationsPerHost: options.operationsPerHost });
  const metrics = createLiveMetrics((error) => log.error('a listener to metrics failed', { error: toErrorView(error) }));
  const context: EngineContext = {
    store,
    queue: createWorkQueue({ clock, log, random: dependencies.random ?? Math.random }),
    tasks: createTaskRunner({ store, taskLogs, clock, ids, log }),
    hosts: pool,
    connector,
    metrics,
    sensors: createSensorWriter({ store, metrics, history, clock, log }),
    history,
    taskLogs,
    contexts,
    sources,
    prober,
    notifier: dependencies.notifier ?? NO_NOTIFIER,
    secrets,
    secretTexts: createSecretTexts(secrets),
    clock,
    ids,
    log,
    plugins,
    planner,
    provisioners: dependencies.provisioners ?? new Map(),
    options,
  };
  return { context, pool };
}
