import type { CDPSession, Page } from '@playwright/test';
import { median, percentile, rounded } from '../bench.ts';

/** What a page did while it was panned by a real pointer, or scrolled by a real wheel. */
export interface Panned {
  /** Frames a second. */
  readonly fps: number;
  /** Milliseconds from frame to frame, 95th percentile. */
  readonly frameP95: number;
  /** Milliseconds from an input's time stamp to after the frame that shows it, median and 95th percentile. */
  readonly inputP50: number;
  readonly inputP95: number;
  /** Milliseconds of CPU of the page's main thread a frame: what it costs, whatever else the machine does. */
  readonly mainMs: number;
  /** Milliseconds a frame of style and layout, by the clock. */
  readonly layoutMs: number;
}

const PAN_MS = 3_000;

interface Recorded {
  readonly frames: readonly number[];
  readonly inputs: readonly number[];
}

/** Pans what lies under the middle of `selector` to and fro. */
export async function pan(page: Page, devtools: CDPSession, { selector, by }: { selector: string; by: 'drag' | 'wheel' }): Promise<Panned> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await record(page);
  const before = await durations(devtools);
  if (by === 'drag') await page.mouse.down();
  const until = performance.now() + PAN_MS;
  for (let n = 0; performance.now() < until; n += 1) {
    const along = Math.sin(n / 25);
    if (by === 'drag') await page.mouse.move(x + along * 180, y + along * 120);
    else await page.mouse.wheel(0, n % 100 < 50 ? 24 : -24);
  }
  if (by === 'drag') await page.mouse.up();
  const after = await durations(devtools);
  const { frames, inputs } = await page.evaluate((): Recorded => (window as unknown as { ended(): Recorded }).ended());
  const perFrame = (name: string) => rounded((((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000) / frames.length);
  return {
    fps: rounded(1_000 / (frames.reduce((sum, each) => sum + each, 0) / frames.length)),
    frameP95: rounded(percentile(frames, 0.95)),
    inputP50: rounded(median(inputs)),
    inputP95: rounded(percentile(inputs, 0.95)),
    mainMs: perFrame('ThreadTime'),
    layoutMs: rounded(perFrame('LayoutDuration') + perFrame('RecalcStyleDuration')),
  };
}

/** MiB in use after a collection. */
export async function heapMiB(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return rounded(((await durations(devtools)).get('JSHeapUsedSize') ?? 0) / 2 ** 20);
}

/** Milliseconds of CPU that the main thread of the page has used since `before`; its process may be another one by now. */
export async function mainThreadMs(devtools: CDPSession, before = 0): Promise<number> {
  const now = ((await durations(devtools)).get('ThreadTime') ?? 0) * 1_000;
  return rounded(now < before ? now : now - before);
}

/** Counts frames, and times inputs from their stamp to the task after the frame that follows. */
function record(page: Page): Promise<void> {
  return page.evaluate(() => {
    const recorded: { frames: number[]; inputs: number[] } = { frames: [], inputs: [] };
    let isOver = false;
    let last = performance.now();
    const frame = (now: number) => {
      recorded.frames.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(frame);
    };
    const input = ({ timeStamp }: Event) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => recorded.inputs.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    for (const type of ['pointermove', 'wheel']) addEventListener(type, input, { capture: true, passive: true });
    Object.assign(window, {
      ended: () => {
        isOver = true;
        for (const type of ['pointermove', 'wheel']) removeEventListener(type, input, { capture: true });
        return recorded;
      },
    });
  });
}

async function durations(devtools: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
