import { Agent, get } from 'node:http';

interface LoadOptions {
  /** How many ask at once, each the next time when it was answered. */
  readonly users?: number;
  /** Connections are kept, as browsers do; otherwise each request has its own. */
  readonly keepAlive?: boolean;
  /** Milliseconds that each waits between an answer and its next request. */
  readonly pauseMs?: number;
}

/** Asks again and again until it is ended. */
export function beginLoad(
  uri: string,
  { users = 2, keepAlive = false, pauseMs = 0 }: LoadOptions = {},
): { end(): Promise<{ readonly sent: number; readonly failed: readonly string[] }> } {
  const agent = new Agent({ keepAlive, maxSockets: users });
  let isOver = false;
  let sent = 0;
  const failed: string[] = [];
  const ask = async () => {
    while (!isOver) {
      sent += 1;
      const answer = await answerOf(uri, agent);
      if (answer !== '200') failed.push(answer);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const asking = Array.from({ length: users }, ask);
  return {
    async end() {
      isOver = true;
      await Promise.all(asking);
      agent.destroy();
      return { sent, failed };
    },
  };
}

/** The status, or why there is none. */
function answerOf(uri: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const request = get(uri, { agent }, (response) => {
      response.resume();
      response.on('error', (error) => resolve(String(error)));
      response.on('end', () => resolve(String(response.statusCode)));
    });
    request.on('error', (error) => resolve(String(error)));
  });
}
