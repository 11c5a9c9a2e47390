import { CirclePlus, type LucideIcon, MoveVertical, PenLine, RefreshCw, Trash2 } from 'lucide-react';
import type { UpdateEffect } from '@/server/engine/queries/preview-update.ts';

/** What a deploy does to something, always as icon, word and colour. */
export const EFFECT_LOOKS: Readonly<Record<UpdateEffect, { readonly icon: LucideIcon; readonly text: string; readonly border: string }>> = {
  added: { icon: CirclePlus, text: 'text-ok', border: 'border-ok! border-dashed!' },
  removed: { icon: Trash2, text: 'text-bad', border: 'border-bad! border-dashed!' },
  restarted: { icon: RefreshCw, text: 'text-warn', border: 'border-warn!' },
  changed: { icon: PenLine, text: 'text-busy', border: 'border-busy!' },
  resized: { icon: MoveVertical, text: 'text-busy', border: 'border-busy!' },
};
