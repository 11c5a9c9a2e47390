import type { Clock } from '../../ports/clock.ts';

/**
 * The machine's clock. Timers do not keep the process alive. What is due is called back after one more look at the sockets: a process
 * that stood still for seconds finds its timers due before it reads the answers that came meanwhile, and would take them for silence.
 */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, callback) {
      let look: NodeJS.Immediate | undefined;
      const timer = setTimeout(() => {
        look = setImmediate(callback);
      }, ms);
      timer.unref();
      return () => {
        clearTimeout(timer);
        clearImmediate(look);
      };
    },
  };
}
