import { attach as attachAdjunct } from './adjunct/attach.ts';
import { configure as configureAdjunct } from './adjunct/configure.ts';
import { detach as detachAdjunct } from './adjunct/detach.ts';
import { list as listAdjuncts } from './adjunct/list.ts';
import { rehearse } from './adjunct/rehearse.ts';
import { resume as resumeAdjunct } from './adjunct/resume.ts';
import { suspend as suspendAdjunct } from './adjunct/suspend.ts';
import { convert } from './application/convert.ts';
import { remove as deleteApplication } from './application/delete.ts';
import { deletionPreview } from './application/deletion-preview.ts';
import { deploy } from './application/deploy.ts';
import { exportApplication } from './application/export.ts';
import { generations } from './application/generations.ts';
import { get as getApplication } from './application/get.ts';
import { list as listApplications } from './application/list.ts';
import { plan } from './application/plan.ts';
import { planUpdate } from './application/plan-update.ts';
import { release, releasePreview } from './application/release.ts';
import { restore } from './application/restore.ts';
import { update as updateApplication } from './application/update.ts';
import { list as listArtifactRules } from './artifact-rule/list.ts';
import { remove as removeArtifactRule } from './artifact-rule/remove.ts';
import { set as setArtifactRule } from './artifact-rule/set.ts';
import { list as listAudit } from './audit/list.ts';
import { add as addToCatalog } from './catalog/add.ts';
import { change as changeCatalogItem } from './catalog/change.ts';
import { check as checkCatalog } from './catalog/check.ts';
import { list as listCatalog } from './catalog/list.ts';
import { remove as removeFromCatalog } from './catalog/remove.ts';
import { type as catalogType } from './catalog/type.ts';
import { types as catalogTypes } from './catalog/types.ts';
import { create as createCloud } from './cloud/create.ts';
import { list as listClouds } from './cloud/list.ts';
import { proposeMoves } from './cloud/propose-moves.ts';
import { rebalance } from './cloud/rebalance.ts';
import { remove as removeCloud } from './cloud/remove.ts';
import { update as updateCloud } from './cloud/update.ts';
import { put as putContext } from './context/put.ts';
import { create as createCredential } from './credential/create.ts';
import { list as listCredentials } from './credential/list.ts';
import { remove as removeCredential } from './credential/remove.ts';
import { answer } from './entity/answer.ts';
import { config as entityConfig } from './entity/config.ts';
import { decision } from './entity/decision.ts';
import { effector } from './entity/effector.ts';
import { effectors } from './entity/effectors.ts';
import { forward } from './entity/forward.ts';
import { logs } from './entity/logs.ts';
import { move } from './entity/move.ts';
import { moveTargets } from './entity/move-targets.ts';
import { resize } from './entity/resize.ts';
import { restart } from './entity/restart.ts';
import { room } from './entity/room.ts';
import { sensorHistory } from './entity/sensor-history.ts';
import { start } from './entity/start.ts';
import { stop } from './entity/stop.ts';
import { terminal as entityTerminal } from './entity/terminal.ts';
import { types } from './entity/types.ts';
import { watch as watchEvents } from './events/watch.ts';
import { acceptKey } from './host/accept-key.ts';
import { add as addHost } from './host/add.ts';
import { adopt, adoptionPlan } from './host/adopt.ts';
import { cancelDrain } from './host/cancel-drain.ts';
import { checkHost, checkMachine } from './host/check.ts';
import { cordon } from './host/cordon.ts';
import { drain } from './host/drain.ts';
import { drainPreview } from './host/drain-preview.ts';
import { foreign } from './host/foreign.ts';
import { get as getHost } from './host/get.ts';
import { images, removeImages } from './host/images.ts';
import { list as listHosts } from './host/list.ts';
import { maintenance } from './host/maintenance.ts';
import { remove as removeHost } from './host/remove.ts';
import { scanKey } from './host/scan-key.ts';
import { setUp } from './host/set-up.ts';
import { terminal as hostTerminal } from './host/terminal.ts';
import { update as updateHost } from './host/update.ts';
import { watch as watchMetrics } from './metrics/watch.ts';
import { attach as attachNetwork } from './network/attach.ts';
import { create as createNetwork } from './network/create.ts';
import { remove as deleteNetwork } from './network/delete.ts';
import { detach as detachNetwork } from './network/detach.ts';
import { joinable as joinableNetworks } from './network/joinable.ts';
import { list as listNetworks } from './network/list.ts';
import { reach } from './network/reach.ts';
import { update as updateNetwork } from './network/update.ts';
import { strategies } from './placement/strategies.ts';
import { check as checkRegistry } from './registry/check.ts';
import { list as listRegistries } from './registry/list.ts';
import { remove as removeRegistry } from './registry/remove.ts';
import { set as setRegistry } from './registry/set.ts';
import { list as listSecrets } from './secret/list.ts';
import { remove as removeSecret } from './secret/remove.ts';
import { set as setSecret } from './secret/set.ts';
import { me } from './session/me.ts';
import { createAdmin } from './setup/create-admin.ts';
import { status } from './setup/status.ts';
import { leave as leaveSnapshot } from './snapshot/leave.ts';
import { list as listSnapshots } from './snapshot/list.ts';
import { push as pushSnapshot } from './snapshot/push.ts';
import { remove as removeSnapshot } from './snapshot/remove.ts';
import { restore as restoreSnapshot } from './snapshot/restore.ts';
import { take as takeSnapshot } from './snapshot/take.ts';
import { about } from './system/about.ts';
import { cancel } from './task/cancel.ts';
import { get as getTask } from './task/get.ts';
import { list as listTasks } from './task/list.ts';
import { log } from './task/log.ts';
import { create as createToken } from './token/create.ts';
import { list as listTokens } from './token/list.ts';
import { revoke } from './token/revoke.ts';
import { router } from './trpc.ts';
import { create as createUser } from './user/create.ts';
import { list as listUsers } from './user/list.ts';
import { remove as removeUser } from './user/remove.ts';
import { setRole } from './user/set-role.ts';

export const appRouter = router({
  session: router({ me }),
  setup: router({ status, createAdmin }),
  application: router({
    list: listApplications,
    get: getApplication,
    plan,
    planUpdate,
    convert,
    deploy,
    update: updateApplication,
    generations,
    export: exportApplication,
    restore,
    deletionPreview,
    delete: deleteApplication,
    releasePreview,
    release,
  }),
  entity: router({
    start,
    stop,
    restart,
    resize,
    move,
    moveTargets,
    effector,
    effectors,
    config: entityConfig,
    answer,
    types,
    sensorHistory,
    decision,
    room,
    logs,
    terminal: entityTerminal,
    forward,
  }),
  adjunct: router({
    list: listAdjuncts,
    attach: attachAdjunct,
    configure: configureAdjunct,
    suspend: suspendAdjunct,
    resume: resumeAdjunct,
    detach: detachAdjunct,
    rehearse,
  }),
  host: router({
    list: listHosts,
    get: getHost,
    scanKey,
    add: addHost,
    update: updateHost,
    cordon,
    drain,
    drainPreview,
    cancelDrain,
    maintenance,
    setUp,
    check: checkHost,
    checkMachine,
    foreign,
    adoptionPlan,
    adopt,
    images,
    removeImages,
    terminal: hostTerminal,
    acceptKey,
    remove: removeHost,
  }),
  catalog: router({
    list: listCatalog,
    types: catalogTypes,
    type: catalogType,
    check: checkCatalog,
    add: addToCatalog,
    change: changeCatalogItem,
    remove: removeFromCatalog,
  }),
  cloud: router({ list: listClouds, create: createCloud, update: updateCloud, remove: removeCloud, proposeMoves, rebalance }),
  placement: router({ strategies }),
  credential: router({ list: listCredentials, create: createCredential, remove: removeCredential }),
  network: router({
    attach: attachNetwork,
    create: createNetwork,
    delete: deleteNetwork,
    detach: detachNetwork,
    joinable: joinableNetworks,
    list: listNetworks,
    reach,
    update: updateNetwork,
  }),
  registry: router({ list: listRegistries, set: setRegistry, remove: removeRegistry, check: checkRegistry }),
  artifactRule: router({ list: listArtifactRules, set: setArtifactRule, remove: removeArtifactRule }),
  context: router({ put: putContext }),
  secret: router({ list: listSecrets, set: setSecret, remove: removeSecret }),
  snapshot: router({
    list: listSnapshots,
    take: takeSnapshot,
    restore: restoreSnapshot,
    leave: leaveSnapshot,
    push: pushSnapshot,
    remove: removeSnapshot,
  }),
  task: router({ list: listTasks, get: getTask, log, cancel }),
  events: router({ watch: watchEvents }),
  metrics: router({ watch: watchMetrics }),
  user: router({ list: listUsers, create: createUser, setRole, remove: removeUser }),
  token: router({ list: listTokens, create: createToken, revoke }),
  audit: router({ list: listAudit }),
  system: router({ about }),
});

export type AppRouter = typeof appRouter;
