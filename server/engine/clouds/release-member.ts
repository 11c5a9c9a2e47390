import type { TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { destroySubtree } from '../subtree.ts';
import { hostOf } from './cloud-hosts.ts';

/** Lets a host of a Docker cloud go: it takes no container from the same commit on. */
export function releaseMember(draft: Draft, id: string, ending: { readonly now: number; readonly taskId: TaskId | null }): void {
  const member = draft.get('entity', id);
  if (!member) return;
  const host = hostOf(draft, member);
  if (host && !host.cordoned) draft.put('host', { ...host, cordoned: true });
  destroySubtree(draft, member, { ...ending, removeVolumes: false });
}
