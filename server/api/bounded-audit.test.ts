import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditLog } from '../ports/store.ts';
import { boundAudit } from './bounded-audit.ts';

function recording(): AuditLog & { readonly entries: AuditEntry[] } {
  const entries: AuditEntry[] = [];
  return { entries, append: async (entry) => void entries.push(entry), list: async () => [] };
}

const refusal = (at: number, actor = 'anonymous'): AuditEntry => ({
  at,
  actor,
  action: 'x',
  scope: 'system',
  outcome: 'denied',
  detail: '',
  remote: '',
});

describe('the audit log of anonymous callers', () => {
  it('records a hundred refusals a minute, then only their number', async () => {
    const log = recording();
    const audit = boundAudit(log, { now: () => 100_000 });
    for (let n = 0; n < 150; n += 1) await audit.append(refusal(n + 100_000));
    expect(log.entries).toHaveLength(100);
    await audit.append(refusal(160_000));
    expect(log.entries.at(-2)).toMatchObject({ action: 'refusals', detail: '50 more were not recorded one by one' });
    expect(log.entries).toHaveLength(102);
  });

  it('records every refusal of a user', async () => {
    const log = recording();
    const audit = boundAudit(log, { now: () => 0 });
    for (let n = 0; n < 150; n += 1) await audit.append(refusal(n, 'ada'));
    expect(log.entries).toHaveLength(150);
  });
});
