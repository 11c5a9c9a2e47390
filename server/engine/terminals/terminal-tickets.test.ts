import { describe, expect, it } from 'vitest';
import type { HostId } from '../../domain/shared/ids.ts';
import { createTerminalTickets, TICKET_LIFE_MS } from './terminal-tickets.ts';

const TARGET = { kind: 'host', hostId: 'host-1' as HostId } as const;
const ADA = { userId: 'ada', sessionId: 'one' };

function tickets() {
  const clock = { at: 0, now: () => clock.at };
  return { clock, desk: createTerminalTickets(clock) };
}

describe('a ticket', () => {
  it('is good once', () => {
    const { desk } = tickets();
    const { ticket } = desk.issue(ADA, TARGET);
    expect(desk.redeem(ticket, ADA)).toEqual(TARGET);
    expect(() => desk.redeem(ticket, ADA)).toThrow(expect.objectContaining({ code: 'auth.forbidden' }));
  });

  it('is for its session alone, and used up by another that shows it', () => {
    const { desk } = tickets();
    const { ticket } = desk.issue(ADA, TARGET);
    expect(() => desk.redeem(ticket, { ...ADA, sessionId: 'two' })).toThrow();
    expect(() => desk.redeem(ticket, ADA)).toThrow();
  });

  it('expires', () => {
    const { desk, clock } = tickets();
    const { ticket, expiresAt } = desk.issue(ADA, TARGET);
    clock.at = TICKET_LIFE_MS;
    expect(expiresAt).toBe(TICKET_LIFE_MS);
    expect(() => desk.redeem(ticket, ADA)).toThrow();
  });

  it('is not given without end to a session that opens nothing', () => {
    const { desk, clock } = tickets();
    for (let n = 0; n < 20; n += 1) desk.issue(ADA, TARGET);
    expect(() => desk.issue(ADA, TARGET)).toThrow(expect.objectContaining({ code: 'conflict' }));
    desk.issue({ ...ADA, sessionId: 'two' }, TARGET);
    clock.at = TICKET_LIFE_MS;
    desk.issue(ADA, TARGET);
  });
});
