import { toast } from 'sonner';
import { toErrorView } from './to-error-view.ts';

/** Toasts report only what the eye is not on; an error with a place of its own is shown there instead. */
export const notify = {
  done(message: string, description?: string): void {
    toast.success(message, description ? { description } : {});
  },
  /** Something that was done at once and can be taken back. */
  undoable(message: string, undo: () => void): void {
    toast.success(message, { action: { label: 'Undo', onClick: undo }, duration: 10_000 });
  },
  error(message: string, hint?: string): void {
    toast.error(message, { ...(hint ? { description: hint } : {}), duration: 10_000 });
  },
  /** What a mutation threw. */
  failure(error: unknown): void {
    const view = toErrorView(error);
    toast.error(view.message, { description: [view.hint, view.code].filter(Boolean).join(' · '), duration: 10_000 });
  },
};
