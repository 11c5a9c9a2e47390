import type { Kind, Records } from '../../domain/shared/records.ts';
import type { Principal } from '../../ports/auth.ts';
import type { Change, StoreView } from '../../ports/store.ts';
import { mayOn, type ScopeChain } from '../access.ts';
import type { PublicChange, RecordViews } from '../masking/record-views.ts';
import { applicationChain, cloudChain, entityChain, hostChain, networkChain, taskChain } from '../scopes.ts';

/** Turns changes of the store into what one caller may see of them. */
export interface ChangeFilter {
  /** True when the caller reads the whole installation, so that what was removed need not be remembered. */
  readonly seesAll: boolean;
  /** Null when the change is none of the caller's business. */
  pass(change: Change): PublicChange | null;
}

/** What only those see who administer the installation. */
const ADMINISTRATORS_ALONE: ReadonlySet<Kind> = new Set(['credential', 'secret', 'registry', 'artifactRule']);

export function createChangeFilter(principal: Principal, view: StoreView, views: RecordViews, kinds: ReadonlySet<Kind>): ChangeFilter {
  const seesAll = mayOn(principal, 'read', ['system']);
  const shown = new Set<string>();
  const visible = (change: Change) => {
    if (ADMINISTRATORS_ALONE.has(change.kind)) return mayOn(principal, 'administer', ['system']);
    if (change.kind === 'catalogItem' || seesAll) return true;
    return change.record !== null && mayOn(principal, 'read', chainOf(view, change.kind, change.record));
  };
  return {
    seesAll,
    pass(change) {
      if (!kinds.has(change.kind)) return null;
      const key = `${change.kind}:${change.id}`;
      if (visible(change)) {
        if (!seesAll) shown.add(key);
        return views.change(change.kind, change.id, change.record);
      }
      return shown.delete(key) ? views.change(change.kind, change.id, null) : null;
    },
  };
}

function chainOf(view: StoreView, kind: Kind, record: Records[Kind]): ScopeChain {
  const system: ScopeChain = ['system'];
  switch (kind) {
    case 'application':
      return applicationChain(view, (record as Records['application']).id) ?? system;
    case 'generation':
    case 'rollout':
    case 'entity':
    case 'instance':
    case 'volume':
    case 'snapshot':
    case 'adjunct':
      return applicationChain(view, (record as Records['entity']).applicationId) ?? system;
    case 'network':
    case 'virtualNetwork':
      return networkChain(view, record as Records['network'] | Records['virtualNetwork']) ?? system;
    case 'decision':
      return entityChain(view, (record as Records['decision']).entityId) ?? system;
    case 'task':
      return taskChain(view, record as Records['task']);
    case 'cloud':
      return cloudChain((record as Records['cloud']).id);
    case 'host':
      return hostChain(view, (record as Records['host']).id) ?? system;
    case 'image':
      return hostChain(view, (record as Records['image']).hostId) ?? system;
    case 'lease':
      return hostChain(view, (record as Records['lease']).id.split(':')[1] ?? '') ?? system;
    case 'credential':
    case 'secret':
    case 'registry':
    case 'artifactRule':
    case 'catalogItem':
      return system;
  }
}
