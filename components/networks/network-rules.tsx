'use client';
import { useLive } from '@/components/live/use-live.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';
import { rulesFor } from '@/server/domain/network/network-rules.ts';

/** Who may connect to whom on a network with rules; nothing for one that is open. */
export function NetworkRules({ network: { applicationId, name, provider } }: { network: ListedNetwork }) {
  const rules = useLive(['entity'], ({ entity }) => {
    if (provider === null) return null;
    const own = [...entity.values()].filter((one) => one.applicationId === applicationId);
    return rulesFor(own, name)?.map(({ from, to, ports }) => [from, to, ports.join(', ')].join('\n')) ?? null;
  });
  if (rules === null) return null;
  return (
    <section aria-labelledby="network-rules">
      <h3 id="network-rules" className="pb-2 font-medium">
        Closed but for {rules.length === 1 ? '1 rule' : `${rules.length} rules`}
      </h3>
      <Table aria-label={`Rules of ${name}`}>
        <thead>
          <tr>
            <Th>From</Th>
            <Th>To</Th>
            <Th>Ports</Th>
          </tr>
        </thead>
        <tbody>
          {rules.map((text) => {
            const [from, to, ports] = text.split('\n');
            return (
              <Tr key={text}>
                <Td>{from}</Td>
                <Td>{to}</Td>
                <Td className="font-mono text-xs">{ports}</Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
}
