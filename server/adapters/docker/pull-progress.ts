import type { LayerProgress, TaskProgress } from '../../domain/entity/task.ts';

/** One line of the engine's answer to a pull. */
export interface PullMessage {
  readonly id?: string | undefined;
  readonly status?: string | undefined;
  readonly progressDetail?: { readonly current?: number | undefined; readonly total?: number | undefined } | undefined;
}

/** Share of a layer's work that is its transfer; the rest is unpacking. */
const TRANSFER_SHARE = 0.8;
const DONE = new Set(['Pull complete', 'Already exists']);
const TRANSFERRED = new Set(['Verifying Checksum', 'Download complete', 'Extracting']);
const LAYER = /^[0-9a-f]{12}$/;

export interface PullState {
  readonly reference: string;
  readonly layers: readonly LayerProgress[];
  readonly fraction: number | null;
}

export function startPull(reference: string): PullState {
  return { reference, layers: [], fraction: null };
}

/** The state after one message; the very same state where the message changed nothing, so that a stall shows. */
export function nextPullState(state: PullState, message: PullMessage): PullState {
  const { id, status } = message;
  if (!id || !status || !LAYER.test(id)) return state;
  const before = state.layers.find((layer) => layer.id === id);
  const totalBytes = message.progressDetail?.total ?? before?.totalBytes ?? null;
  const isWhole = DONE.has(status) || TRANSFERRED.has(status);
  const currentBytes = message.progressDetail?.current ?? (isWhole ? totalBytes : null);
  if (before && before.status === status && before.currentBytes === currentBytes && before.totalBytes === totalBytes) return state;
  const after: LayerProgress = { id, status, currentBytes, totalBytes };
  const layers = before ? state.layers.map((layer) => (layer.id === id ? after : layer)) : [...state.layers, after];
  return { ...state, layers, fraction: advance(state.fraction, toFraction(layers)) };
}

export function toTaskProgress(state: PullState): TaskProgress {
  const done = state.layers.filter((layer) => DONE.has(layer.status)).length;
  const text =
    state.layers.length === 0 ? `Pulling ${state.reference}` : `Pulling ${state.reference}: ${done} of ${state.layers.length} layers`;
  return { text, fraction: state.fraction, layers: state.layers };
}

/** True while a layer waits for the registry; after that the host only unpacks, which may be silent for long. */
export function isTransferring(state: PullState): boolean {
  return state.layers.length === 0 || state.layers.some((layer) => !DONE.has(layer.status) && !TRANSFERRED.has(layer.status));
}

/** Weighted by size; a layer whose size is not known yet counts as the average of the others. Null while none is known. */
function toFraction(layers: readonly LayerProgress[]): number | null {
  const open = layers.filter((layer) => layer.status !== 'Already exists');
  const sizes = open.flatMap((layer) => (layer.totalBytes ? [layer.totalBytes] : []));
  if (open.length === 0) return layers.length === 0 ? null : 1;
  if (sizes.length === 0) return null;
  const average = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const whole = open.reduce((sum, layer) => sum + (layer.totalBytes ?? average), 0);
  return open.reduce((sum, layer) => sum + (layer.totalBytes ?? average) * toLayerFraction(layer), 0) / whole;
}

function toLayerFraction(layer: LayerProgress): number {
  if (DONE.has(layer.status)) return 1;
  const share = layer.totalBytes && layer.currentBytes !== null ? Math.min(1, layer.currentBytes / layer.totalBytes) : 0;
  if (layer.status === 'Downloading') return TRANSFER_SHARE * share;
  if (layer.status === 'Extracting') return TRANSFER_SHARE + (1 - TRANSFER_SHARE) * share;
  return TRANSFERRED.has(layer.status) ? TRANSFER_SHARE : 0;
}

/** Sizes come in late; a bar that went back would read as a failure. */
function advance(before: number | null, now: number | null): number | null {
  return before === null || now === null ? (now ?? before) : Math.max(before, now);
}
