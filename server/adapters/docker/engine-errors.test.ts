import { describe, expect, it } from 'vitest';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { toCallError, toEngineError, toPullError, toStartError } from './engine-errors.ts';

const refusal = (status: number, message: string) => toEngineError({ hostName: 'host-1', what: 'start of web', status, message });

describe('toEngineError', () => {
  it.each([
    ['host.disk-full', 500, 'mkdir /var/lib/docker/overlay2/x: no space left on device'],
    [
      'port.taken',
      500,
      'driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:80 failed: port is already allocated',
    ],
    ['port.taken', 500, 'Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: address already in use'],
    ['image.not-found', 404, 'No such image: web:1'],
    [
      'conflict.foreign',
      409,
      'Conflict. The container name "/web" is already in use by container "abc". You have to remove (or rename) that container',
    ],
    ['container.not-ready', 409, 'Container abc is not running'],
    ['not-found', 404, 'No such container: web'],
    ['engine.refused', 400, 'invalid reference format'],
  ])('tells %s', (code, status, message) => {
    expect(refusal(status, message)).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe('toStartError', () => {
  it('calls a program that is not there a failed start', () => {
    expect(toStartError(refusal(400, 'OCI runtime create failed: exec: "nope": executable file not found in $PATH'))).toMatchObject({
      code: 'container.start-failed',
    });
  });

  it('leaves a taken port, a full disk and a missing container as they are', () => {
    for (const error of [
      refusal(500, 'port is already allocated'),
      refusal(500, 'no space left on device'),
      refusal(404, 'No such container: x'),
    ]) {
      expect(toStartError(error)).toBe(error);
    }
  });
});

describe('toPullError', () => {
  const pull = (message: string) => toPullError('web:9', { hostName: 'host-1', what: 'pull of web:9', status: 404, message });

  it('says which image is not there', () => {
    expect(pull('manifest for web:9 not found: manifest unknown: manifest unknown')).toMatchObject({
      code: 'image.not-found',
      message: expect.stringContaining('web:9'),
      hint: expect.any(String),
    });
  });

  it('tries again when the registry cannot be reached, not when it refuses', () => {
    expect(pull('dial tcp: lookup registry-1.docker.io: no such host')).toMatchObject({ code: 'image.pull-failed', retryable: true });
    expect(pull('pull access denied for web, repository does not exist')).toMatchObject({ code: 'image.pull-failed', retryable: false });
  });

  it.each([
    [
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      'check the way to it, or where there is a mirror the name and the tag',
    ],
    ['Get "http://a:5000/v2/": net/http: request canceled (Client.Timeout exceeded while awaiting headers)', 'does not answer in time'],
    ['Get "http://a:5000/v2/": dial tcp 10.0.0.1:5000: connect: connection refused', 'Check that the host reaches the registry'],
    ['unauthorized: authentication required', 'an administrator adds a login'],
  ])('says what to do: %s', (words, hint) => {
    expect(pull(words).hint).toContain(hint);
  });

  it('tells a full disk from a bad image', () => {
    expect(pull('failed to register layer: write /x: no space left on device')).toMatchObject({
      code: 'host.disk-full',
      message: expect.stringMatching(/^The disk of host-1 is full\. .*no space left on device/),
    });
  });
});

describe('toCallError', () => {
  it('finds our own error inside the one that a socket gave', () => {
    const lost = new ClockerError('host.lost', { message: 'gone' });
    expect(toCallError('host-1', 'ping', new Error('aborted', { cause: lost }))).toBe(lost);
  });

  it('takes a broken answer for an engine that went away', () => {
    expect(toCallError('host-1', 'ping', new Error('socket hang up'))).toMatchObject({ code: 'host.engine-unreachable', retryable: true });
  });
});
