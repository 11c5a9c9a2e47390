import { describe, expect, it } from 'vitest';
import { SeenEvents, toEngineEvent, toNanoseconds, toSince } from './event-stream.ts';

const line = (action: string): string =>
  `{"status":"${action}","id":"abc","Type":"container","Action":"${action}","Actor":{"ID":"abc","Attributes":{"name":"web"}},"scope":"local","time":1795378872,"timeNano":1795378872764647473}`;

describe('toEngineEvent', () => {
  it('keeps every digit of the time', () => {
    expect(toEngineEvent(line('die'))).toEqual({
      type: 'container',
      action: 'die',
      actorId: 'abc',
      attributes: { name: 'web' },
      timeNs: '1795378872764647473',
    });
  });

  it('leaves out what a probe causes and what is no event', () => {
    expect(toEngineEvent(line('exec_start: sh'))).toBeNull();
    expect(toEngineEvent('{"Type":"container","Acti')).toBeNull();
  });

  it('keeps health changes', () => {
    expect(toEngineEvent(line('health_status: healthy'))?.action).toBe('health_status: healthy');
  });
});

describe('times', () => {
  it('writes nanoseconds as the engine wants them', () => {
    expect(toSince('1795378872000000001')).toBe('1795378872.000000001');
    expect(toSince('0')).toBe('0.000000000');
  });

  it('reads the time of the host with all its digits', () => {
    expect(toNanoseconds('2026-11-22T20:21:12.764647472Z')).toBe('1795378872764647472');
    expect(toNanoseconds('2026-11-22T21:21:12+01:00')).toBe('1795378872000000000');
  });
});

describe('SeenEvents', () => {
  it('knows the last 512 events', () => {
    const seen = new SeenEvents();
    const event = (timeNs: number) => ({ type: 'container', action: 'die', actorId: 'a', attributes: {}, timeNs: String(timeNs) });
    for (let time = 0; time < 600; time += 1) seen.add(event(time));
    expect([seen.has(event(0)), seen.has(event(87)), seen.has(event(88)), seen.has(event(599))]).toEqual([false, false, true, true]);
  });
});
