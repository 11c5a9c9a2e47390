import { describe, expect, it, vi } from 'vitest';
import type { Instance } from '../../domain/entity/instance.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { StepInput } from './entity-step.ts';
import { livePlaceOf } from './live-place.ts';

describe('a process on a machine that does not run', () => {
  it('is sent no signal: its number would be that of the shell', async () => {
    const run = vi.fn(async () => ({ output: '', code: 0 }));
    const session = { shell: { run } } as unknown as HostSession;
    const instance = { spec: { process: { place: { kind: 'machine' } } } } as Instance;
    const place = livePlaceOf({} as StepInput, instance, session);
    await expect(place.signal('SIGUSR2', 0)).rejects.toMatchObject({ code: 'process.failed', retryable: true });
    expect(run).not.toHaveBeenCalled();
    await place.signal('SIGUSR2', 7);
    expect(run).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ env: { CK_SIGNAL: 'USR2', CK_PID: '7' } }));
  });
});
