/** Runs at most `limit` operations at once, the rest in order of asking. */
export interface OperationLimiter {
  run<T>(operation: () => Promise<T>): Promise<T>;
  /** Operations running and waiting. */
  readonly size: number;
}

export function createOperationLimiter(limit: number): OperationLimiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (running < limit) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(operation) {
      await enter();
      try {
        return await operation();
      } finally {
        leave();
      }
    },
    get size() {
      return running + waiting.length;
    },
  };
}
