import { request } from 'node:http';

export interface WebLoad {
  /** What was sent until now, and what did not come back as 200. */
  readonly sent: number;
  readonly answered: number;
  readonly failed: readonly string[];
  /** Sends no more; resolves when all has been answered. */
  end(): Promise<void>;
}

/** So many requests a second, each on a connection of its own, whatever becomes of those before. */
export function beginWebLoad(uri: string, perSecond: number): WebLoad {
  const failed: string[] = [];
  let sent = 0;
  let answered = 0;
  let open = 0;
  let onIdle: (() => void) | undefined;

  function settle(problem: string | null): void {
    open -= 1;
    answered += 1;
    if (problem !== null) failed.push(`${problem} at ${new Date().toISOString()}`);
    if (open === 0) onIdle?.();
  }

  function send(): void {
    sent += 1;
    open += 1;
    const asked = request(uri, { agent: false, headers: { connection: 'close' } }, (response) => {
      response.resume();
      response.on('close', () => settle(response.complete && response.statusCode === 200 ? null : `${response.statusCode}`));
    });
    asked.on('error', (error) => settle(error.message));
    asked.end();
  }

  const timer = setInterval(send, 1_000 / perSecond);
  return {
    get sent() {
      return sent;
    },
    get answered() {
      return answered;
    },
    failed,
    end() {
      clearInterval(timer);
      return new Promise((resolve) => {
        onIdle = resolve;
        if (open === 0) resolve();
      });
    },
  };
}
