import type { Clock } from '../../ports/clock.ts';
import type { DockerCalls } from './docker-calls.ts';
import type { EngineHttp } from './engine-http.ts';
import type { EngineTransport } from './engine-transport.ts';

/** What the calls to one engine share: dockerode for typed short calls, plain HTTP for bodies and streams. */
export interface EngineParts {
  readonly transport: EngineTransport;
  readonly calls: DockerCalls;
  readonly http: EngineHttp;
  readonly clock: Clock;
}
