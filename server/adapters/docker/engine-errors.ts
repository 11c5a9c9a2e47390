import { ClockerError, type ErrorCode, isClockerError } from '../../domain/shared/clocker-error.ts';

export interface EngineFailure {
  readonly hostName: string;
  /** `start of web` */
  readonly what: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Docker's own words. */
  readonly message: string;
  readonly cause?: unknown;
}

interface Rule {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly hint: string;
  /** What it means for the host, before Docker's words. */
  readonly meaning?: (hostName: string) => string;
  readonly retryable?: boolean;
}

/** Told by Docker's words, whatever the call and the status. */
const ANYWHERE: readonly Rule[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    code: 'host.disk-full',
    meaning: (hostName) => `The disk of ${hostName} is full`,
    hint: "Free space on the host's Docker data folder. Clocker removes no image and no volume by itself.",
    retryable: true,
  },
  {
    pattern: /port is already allocated|address already in use/i,
    code: 'port.taken',
    hint: 'Another process or container of that host has the port. Choose another, or leave the choice to Clocker.',
    retryable: true,
  },
  {
    pattern: /pool overlaps with other one/i,
    code: 'engine.refused',
    hint: 'Another network of that host has these addresses. Give the network another subnet, or leave the choice to Docker.',
    retryable: true,
  },
  {
    pattern: /non-overlapping IPv4 address pool|address pools have been fully subnetted/i,
    code: 'engine.refused',
    hint: 'Remove networks of that host that nobody uses, or widen default-address-pools in its daemon.json.',
    retryable: true,
  },
  {
    pattern: /network with name .* already exists/i,
    code: 'conflict',
    hint: 'Remove or rename the network that has this name, if it is not wanted.',
  },
  {
    pattern: /unable to (?:remove repository reference|delete).*(?:container|image) .*(?:using|used)|image is being used/i,
    code: 'conflict',
    hint: 'A container, running or not, is of this image.',
  },
  {
    pattern: /network .* has active endpoints/i,
    code: 'conflict',
    hint: 'Containers still run on it.',
    retryable: true,
  },
  {
    pattern: /network \S+ is in use by (?:task|service)/i,
    code: 'conflict',
    hint: 'Swarm still takes containers for attached.',
    retryable: true,
  },
  {
    pattern: /would result in a loss of quorum|does not have a leader|already part of a swarm|Timeout was reached before node joined/i,
    code: 'engine.refused',
    hint: 'Managers of the Swarm are still finding each other, or too few of them are reachable.',
    retryable: true,
  },
  {
    pattern: /no such image/i,
    code: 'image.not-found',
    hint: 'Pull the image first.',
  },
  {
    pattern: /container name "[^"]*" is already in use/i,
    code: 'conflict.foreign',
    hint: 'Remove or rename the container that has this name, if it is not wanted.',
  },
  {
    pattern: /is not running|is paused/i,
    code: 'container.not-ready',
    hint: 'Start the container first.',
    retryable: true,
  },
];

/** Docker's answer in our words. The message keeps Docker's. */
export function toEngineError(failure: EngineFailure): ClockerError {
  const words = failure.message.trim() || `HTTP status ${failure.status}`;
  const message = `Docker on ${failure.hostName} refused the ${failure.what}: ${words}`;
  const rule = ANYWHERE.find(({ pattern }) => pattern.test(words));
  if (rule) {
    const told = rule.meaning ? `${rule.meaning(failure.hostName)}. ${message}` : message;
    return new ClockerError(rule.code, { message: told, hint: rule.hint, retryable: rule.retryable ?? false, cause: failure.cause });
  }
  if (failure.status === 404) return new ClockerError('not-found', { message, cause: failure.cause });
  return new ClockerError('engine.refused', { message, retryable: failure.status >= 500, cause: failure.cause });
}

/** What a start that Docker refused means: everything that is not a full disk or a taken port is a container that cannot start. */
export function toStartError(error: unknown): unknown {
  if (!isClockerError(error)) return error;
  if (error.code !== 'engine.refused' && error.code !== 'not-found') return error;
  if (error.code === 'not-found' && /no such container/i.test(error.message)) return error;
  return new ClockerError('container.start-failed', {
    message: error.message,
    hint: 'Check the image, its command and its files.',
    cause: error.cause,
  });
}

const MISSING_IMAGE = /manifest unknown|manifest for .* not found|not found: manifest|: not found|no matching manifest|name unknown/i;

/** In the words of Docker and of registries. */
export const NO_ACCESS = /denied|unauthorized|no basic auth credentials|authentication required|incorrect username or password/i;

/** An engine that has mirrors asks Docker Hub for what these do not have, and tells of that alone: nobody can say which of both it is. */
const HUB_AWAY = /registry-1\.docker\.io.*(?:no such host|dial tcp|Client\.Timeout)/i;
const SILENCE = /Client\.Timeout|i\/o timeout|handshake timeout|deadline exceeded/i;

/** Why a pull failed. `reference` is what was asked for, `username` who was logged in for it. */
export function toPullError(reference: string, failure: EngineFailure & { readonly username?: string | undefined }): ClockerError {
  const words = failure.message.trim() || `HTTP status ${failure.status}`;
  const general = toEngineError(failure);
  if (general.code === 'host.disk-full') return general;
  if (MISSING_IMAGE.test(words)) {
    return new ClockerError('image.not-found', {
      message: `There is no image ${reference}, says the registry that ${failure.hostName} asked: ${words}`,
      hint: 'Check the name and the tag in the blueprint.',
      cause: failure.cause,
    });
  }
  return new ClockerError('image.pull-failed', {
    message: `${failure.hostName} could not pull ${reference}: ${words}`,
    hint: toPullHint(words, failure.username),
    retryable: !NO_ACCESS.test(words) && !/invalid reference/i.test(words),
    cause: failure.cause,
  });
}

function toPullHint(words: string, username: string | undefined): string {
  if (NO_ACCESS.test(words)) return toAccessHint(username);
  if (HUB_AWAY.test(words))
    return 'Docker Hub is not reached from the host, and no mirror of its engine has it: check the way to it, or where there is a mirror the name and the tag.';
  if (SILENCE.test(words))
    return 'The registry does not answer in time: look at it, at its disk, and at the network between it and the host.';
  return 'Check that the host reaches the registry and may read this image there.';
}

function toAccessHint(username: string | undefined): string {
  return username === undefined
    ? 'Check the name; where the image is private, an administrator adds a login for its registry under Settings, Registries.'
    : `Check the name, and that ${username} may read it: the login of the registry is kept under Settings, Registries.`;
}

/** An answer of the engine that is a refusal, before it is put in our words. */
export class EngineRefusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, words: string) {
    super(words);
    this.statusCode = statusCode;
  }
}

/** The refusal behind an error, told by HTTP status and Docker's words; null where something else went wrong. */
export function toRefusal(error: unknown): { readonly status: number; readonly words: string } | null {
  return error instanceof EngineRefusal ? { status: error.statusCode, words: error.message } : null;
}

/** Anything a call to the engine threw. */
export function toCallError(hostName: string, what: string, error: unknown): ClockerError {
  if (isClockerError(error)) return error;
  const reason = error instanceof Error ? error : new Error(String(error));
  if (isClockerError(reason.cause)) return reason.cause;
  const refusal = toRefusal(reason);
  if (refusal) return toEngineError({ hostName, what, status: refusal.status, message: refusal.words, cause: reason });
  return new ClockerError('host.engine-unreachable', {
    message: `The Docker Engine on ${hostName} broke off the ${what}: ${reason.message}`,
    hint: 'dockerd was restarted or has crashed. Check its log on the host.',
    retryable: true,
    cause: reason,
  });
}

/** Docker's own words in the body of a refusal: proxies and old engines answer in plain text. */
export function toDockerMessage(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed ? String(parsed.message) : body.trim();
  } catch {
    return body.trim();
  }
}
