import { toHostPort } from '../entity/container-sensors.ts';
import type { BalancerServer } from './haproxy-config.ts';

export interface NginxSettings {
  /** Port that it listens on, in its container or on its machine. */
  readonly port: number;
  /** A browser stays with the member that answered it first, by a cookie. */
  readonly sticky: boolean;
  /** Absolute path of a file that is read first, and says who its workers are; null leaves that to nginx. */
  readonly include: string | null;
}

/** Others that a browser may be led to where its member is gone: more of them would make the text grow with the square of its members. */
const MOST_BACKUPS = 16;
const COOKIE = 'clocker_member';
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as const;

/**
 * nginx configuration; paths that are not absolute begin at its prefix (`-p`). Equal servers, in whatever order, give equal text. Requests survive a
 * reload: the master keeps the port, old workers answer what they have taken, and no connection is left open after an answer
 * (`keepalive_timeout 0`): nginx before 1.27.4 would close an idle one at the moment at which a client sends on it again.
 */
export function nginxConfig({ port, sticky, include }: NginxSettings, servers: readonly BalancerServer[]): string {
  const serving = servers
    .filter(({ address, entityId }) => /^[A-Za-z0-9.:-]+$/.test(address) && /^[A-Za-z0-9_-]+$/.test(entityId))
    .toSorted((a, b) => (a.entityId < b.entityId ? -1 : 1));
  const lines = [
    ...(include === null ? [] : [`include "${include.replace(/["\\]/g, '\\$&')}";`]),
    'daemon off;',
    'pid nginx.pid;',
    'error_log stderr notice;',
    'worker_processes auto;',
    'worker_rlimit_nofile 8192;',
    'worker_shutdown_timeout 30s;',
    'events { worker_connections 4096; }',
    'http {',
    '  access_log off;',
    ...TEMPORARY.map((name) => `  ${name}_temp_path ${name}_temp;`),
    '  server_tokens off;',
    '  keepalive_timeout 0;',
    '  client_max_body_size 0;',
    '  map_hash_bucket_size 128;',
    '  map $http_upgrade $clocker_connection { default upgrade; "" ""; }',
    ...(serving.length === 0 ? [] : poolLines(serving, sticky)),
    '  server {',
    `    listen ${port};`,
    '    location / {',
    ...(serving.length === 0 ? ['      return 503;'] : proxyLines(sticky)),
    '    }',
    '  }',
    '}',
    '',
  ];
  return lines.join('\n');
}

function poolLines(servers: readonly BalancerServer[], sticky: boolean): readonly string[] {
  const all = ['  upstream members {', ...servers.map((server) => `    ${serverLine(server)};`), '  }'];
  if (!sticky) return all;
  return [
    ...all,
    ...servers.flatMap((server, at) => [
      `  upstream ${poolOf(server)} {`,
      ...servers
        .filter((_, n) => (n - at + servers.length) % servers.length <= MOST_BACKUPS)
        .map((other) => `    ${serverLine(other)}${other === server ? '' : ' backup'};`),
      '  }',
    ]),
    `  map $cookie_${COOKIE} $clocker_pool {`,
    '    default members;',
    ...servers.map((server) => `    ${server.entityId} ${poolOf(server)};`),
    '  }',
    // Where one did not answer, the last one did.
    '  map $upstream_addr $clocker_answered {',
    '    default "";',
    ...servers.map((server) => `    "~(^|[ ,])${placeOf(server).replace(/[.[\]]/g, '\\$&')}$" ${server.entityId};`),
    '  }',
    `  map "$clocker_answered:$cookie_${COOKIE}" $clocker_cookie {`,
    `    default "${COOKIE}=$clocker_answered; Path=/; HttpOnly; SameSite=Lax";`,
    '    "~^:" "";',
    '    "~^(?<same>[^:]+):\\k<same>$" "";',
    '  }',
  ];
}

function proxyLines(sticky: boolean): readonly string[] {
  return [
    `      proxy_pass http://${sticky ? '$clocker_pool' : 'members'};`,
    '      proxy_http_version 1.1;',
    '      proxy_set_header Host $http_host;',
    '      proxy_set_header Upgrade $http_upgrade;',
    '      proxy_set_header Connection $clocker_connection;',
    '      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '      proxy_set_header X-Forwarded-Proto $scheme;',
    '      proxy_connect_timeout 2s;',
    // Nothing is kept in files: where root logs in, its workers could not write below its home.
    '      proxy_request_buffering off;',
    '      proxy_max_temp_file_size 0;',
    '      proxy_next_upstream error timeout;',
    '      proxy_next_upstream_tries 3;',
    ...(sticky ? ['      add_header Set-Cookie $clocker_cookie;'] : []),
  ];
}

function poolOf({ entityId }: BalancerServer): string {
  return `member_${entityId}`;
}

function placeOf({ address, port }: BalancerServer): string {
  return toHostPort(address, port);
}

/** One that cannot be reached is left alone for a second. */
function serverLine(server: BalancerServer): string {
  return `server ${placeOf(server)} max_fails=1 fail_timeout=1s`;
}
