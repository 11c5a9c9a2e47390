import { toHostPort } from '../entity/container-sensors.ts';
import { BACKEND, FRONTEND, WORKER_HEADER } from './haproxy-stats.ts';

export interface BalancerServer {
  readonly entityId: string;
  readonly name: string;
  readonly address: string;
  /** 1-65535 */
  readonly port: number;
}

export interface BalancerSettings {
  readonly mode: 'http' | 'tcp';
  /** Port that it listens on, in its container. */
  readonly port: number;
  readonly balance: 'roundrobin' | 'leastconn' | 'source';
  /** Path asked for to check a server; null checks that it can be connected to. HTTP mode only. */
  readonly checkPath: string | null;
  readonly checkIntervalMs: number;
  /** After a reload the old process is ended at the latest after this. */
  readonly hardStopAfterMs: number;
  /** Path of its stats socket, which hands listening sockets over where a reload begins; null leaves that to the master alone. */
  readonly socket: string | null;
  /** Where it tells what it has counted: `:8405`, or a socket. HTTP mode only. */
  readonly countersBind: string;
}

/**
 * HAProxy 2.6 configuration. Equal servers, in whatever order, give equal text. Requests survive a reload: sockets of the port are handed
 * over by the master or by the stats socket, `idle-close-on-response` lets an idle connection be answered once more by the old process, and a request
 * whose server is gone is tried on another one (GET and HEAD also when the connection broke before the answer).
 */
export function haproxyConfig(settings: BalancerSettings, servers: readonly BalancerServer[]): string {
  const http = settings.mode === 'http';
  const lines = [
    'global',
    '  log stdout format raw local0 notice',
    '  fd-hard-limit 50000',
    ...(settings.socket === null ? [] : [`  stats socket ${settings.socket} mode 600 level admin expose-fd listeners`]),
    '  stats timeout 30s',
    `  hard-stop-after ${settings.hardStopAfterMs}ms`,
    '',
    'defaults',
    `  mode ${settings.mode}`,
    '  log global',
    '  option dontlognull',
    '  option redispatch 1',
    '  retries 3',
    '  timeout connect 2s',
    '  timeout check 5s',
    '  timeout client 60s',
    '  timeout server 60s',
    '  timeout queue 5s',
    '  timeout tunnel 1h',
    ...(http ? ['  timeout http-request 10s', '  timeout http-keep-alive 10s', '  option idle-close-on-response'] : []),
    '',
    `frontend ${FRONTEND}`,
    `  bind :${settings.port}`,
    ...(http
      ? ['  option forwardfor', '  http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }']
      : []),
    `  default_backend ${BACKEND}`,
    '',
    `backend ${BACKEND}`,
    `  balance ${settings.balance}`,
    ...(http ? ['  retry-on conn-failure empty-response', '  http-request disable-l7-retry unless METH_GET'] : []),
    ...(http && settings.checkPath !== null
      ? ['  option httpchk', `  http-check send meth GET uri ${settings.checkPath} ver HTTP/1.1 hdr Host localhost`]
      : []),
    `  default-server check inter ${settings.checkIntervalMs}ms fall 2 rise 1`,
    ...serverLines(servers),
    '',
    ...(http ? countersLines(settings.countersBind) : []),
  ];
  return lines.join('\n');
}

/** Statistics to be read, and nothing else. */
function countersLines(bind: string): readonly string[] {
  return [
    'frontend counters',
    `  bind ${bind}`,
    `  http-after-response set-header ${WORKER_HEADER} %pid`,
    '  stats enable',
    '  stats uri /',
    '',
  ];
}

/** A server is called by its name and, for who reads what it has counted, its entity. */
function serverLines(servers: readonly BalancerServer[]): readonly string[] {
  const serving = servers.filter((server) => /^[A-Za-z0-9.:-]+$/.test(server.address)).toSorted(byPlace);
  return serving.map((server) => `  server ${serverName(server)} ${toHostPort(server.address, server.port)}`);
}

function byPlace(a: BalancerServer, b: BalancerServer): number {
  return compare(a.name, b.name) || compare(a.address, b.address) || a.port - b.port;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** HAProxy’s names are letters, digits and `-_.:`, each once. */
function serverName({ name, entityId }: BalancerServer): string {
  return `${name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 60) || 'server'}:${entityId}`;
}
