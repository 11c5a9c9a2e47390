'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { TokenView } from '@/server/ports/auth.ts';
import { NewToken } from './new-token.tsx';
import { useScopeNames } from './scope-select.tsx';
import { scopeText } from './scope-text.ts';
import { QueryList, SettingsSection } from './settings-section.tsx';

export function TokensPanel() {
  const trpc = useTRPC();
  const tokens = useQuery(trpc.token.list.queryOptions());
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const done = () => {
    setRevoking(null);
    tokens.refetch();
  };
  return (
    <SettingsSection
      about="Tokens let the command line and other programs act for you, never with more than your own roles. They are sent as Authorization: Bearer."
      add={{ label: 'Make a token', icon: <Plus aria-hidden />, onSelect: () => setMaking(true) }}
    >
      <QueryList
        query={tokens}
        empty={
          <EmptyState icon={KeyRound} title="No tokens">
            You have none. A token is shown once, when it is made, and ends on the day you choose.
          </EmptyState>
        }
      >
        {(list) => <TokenTable tokens={list} onRevoke={setRevoking} />}
      </QueryList>
      {making ? <NewToken onClose={() => setMaking(false)} onMade={() => tokens.refetch()} /> : null}
      {revoking ? <RevokeToken token={revoking} onClose={() => setRevoking(null)} onDone={done} /> : null}
    </SettingsSection>
  );
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly TokenView[]; onRevoke: (token: TokenView) => void }) {
  const names = useScopeNames();
  return (
    <Table aria-label="API tokens">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Begins with</Th>
          <Th>May</Th>
          <Th className="text-right">Last used</Th>
          <Th className="text-right">Ends</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <Tr key={token.id}>
            <Td className="font-medium">{token.name}</Td>
            <Td className="font-mono text-xs text-ink-2">{token.prefix}…</Td>
            <Td className="text-ink-2">
              {token.role} of {scopeText(token.scope, names)}
            </Td>
            <Td className="text-right text-ink-2">{token.lastUsedAt === null ? 'never' : <Time at={token.lastUsedAt} />}</Td>
            <Td className="text-right text-ink-2">
              <Time at={token.expiresAt} />
            </Td>
            <Td className="w-px text-right">
              <Button variant="danger-ghost" onClick={() => onRevoke(token)}>
                Revoke
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function RevokeToken({ token, onClose, onDone }: { token: TokenView; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const revoke = useMutation(trpc.token.revoke.mutationOptions({ onSuccess: onDone }));
  return (
    <ActDialog
      act={revoke}
      onClose={onClose}
      title={`Revoke ${token.name}?`}
      victims={[{ title: 'Whatever uses this token is refused from now on, and its open streams are closed.', items: [] }]}
      action="Revoke token"
      onConfirm={() => revoke.mutate({ tokenId: token.id })}
    />
  );
}
