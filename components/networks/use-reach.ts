'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import type { InstanceId } from '@/server/domain/shared/ids.ts';
import { isPort } from './is-port.ts';

/** The question whether a container reaches another; its port stands in the URL, and is empty for a ping. `onAnswer`: null while it is asked. */
export function useReach(onAnswer?: (answer: ReachAnswer | null) => void) {
  const trpc = useTRPC();
  const [port, setPort] = useUrlState('port', '');
  const question = useMutation(
    trpc.network.reach.mutationOptions({ onMutate: () => onAnswer?.(null), onSuccess: (answer) => onAnswer?.(answer) }),
  );
  return {
    port,
    setPort,
    wrongPort: port === '' || isPort(port) ? undefined : 'A whole number from 1 to 65535',
    question,
    ask(from: InstanceId, to: InstanceId): void {
      question.mutate({ from, to, ...(port === '' ? {} : { port: Number(port) }) });
    },
  };
}
