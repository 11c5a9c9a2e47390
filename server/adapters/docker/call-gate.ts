/** Lets so many calls through at once and the rest in their order, so that a deadline measures the engine and not our own queue. */
export class CallGate {
  readonly #limit: () => number;
  #running = 0;
  #waiting: (() => void)[] = [];

  /** @param limit read at each call, as the way to the engine may change */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  async run<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit()) await this.#turn(signal);
    this.#running += 1;
    try {
      return await call();
    } finally {
      this.#running -= 1;
      if (this.#running < this.#limit()) this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      // A caller that gave up leaves the line at once; the call itself then tells it that it is cancelled.
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== go);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(go);
    });
  }
}
