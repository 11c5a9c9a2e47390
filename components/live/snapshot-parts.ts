import type { LiveChange, LivePatch } from './live-state.ts';

/** Id of all messages of a snapshot but the last. */
const INCOMPLETE = '0';

/**
 * Puts a snapshot that comes in several messages together: half of one would show that the rest is gone. Returns what is to be applied
 * now; null while more is to come.
 */
export function makeSnapshotParts(): (id: string, message: LivePatch) => LivePatch | null {
  let parts: LiveChange[] | null = null;
  return (id, message) => {
    if (message.snapshot) parts = [...message.snapshot];
    else if (parts) for (const change of message.changes ?? []) parts.push(change);
    if (!parts) return message;
    // Nothing was ever written where the revision is 0: such a snapshot is empty, and whole.
    if (id === INCOMPLETE && message.revision !== 0) return null;
    const snapshot = parts;
    parts = null;
    return { revision: message.revision, snapshot };
  };
}
