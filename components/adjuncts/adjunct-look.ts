import { CircleCheck, CirclePause, CircleX, Snowflake, Zap } from 'lucide-react';
import type { StateLook } from '@/components/ui/state-look.ts';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';

/** How what an adjunct says looks. */
export function adjunctLook({ suspended, highlight }: Pick<AdjunctView, 'suspended' | 'highlight'>): StateLook {
  if (suspended) return { tone: 'off', icon: CirclePause, text: 'suspended', turning: false };
  switch (highlight?.level) {
    case 'acts':
      return { tone: 'busy', icon: Zap, text: 'acting', turning: false };
    case 'frozen':
      return { tone: 'warn', icon: Snowflake, text: 'frozen', turning: false };
    case 'failed':
      return { tone: 'bad', icon: CircleX, text: 'failed', turning: false };
    default:
      return { tone: 'ok', icon: CircleCheck, text: 'active', turning: false };
  }
}
