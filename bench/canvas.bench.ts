import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { startSeededConsole } from '../e2e/support/seeded-console.ts';
import { makeAdministrator } from '../e2e/support/story.ts';
import { alternate, type Bench, rounded, summarise } from './support/bench.ts';
import { heapMiB, mainThreadMs, type Panned, pan } from './support/canvas/panned.ts';
import { type ReferenceConsole, startReference } from './support/canvas/reference-console.ts';

const SIZES = [200, 1_000, 3_000, 10_000] as const;
/** Of these the rounds compare both pages. */
const COMPARED = 1_000;
const UPDATES = { share: 0.1, hertz: 10 } as const;
const VIEWPORT = { width: 1440, height: 900 } as const;
const TARGETS = { fpsAt1000: 55, fpsAt10000: 30, interactiveMs: 1_500, scriptKiB: 300 } as const;
/** What a page of the largest estate may take until it is drawn. */
const DRAWN_WITHIN_MS = 90_000;

type View = 'fit' | 'full';
interface Measured extends Panned {
  /** Milliseconds from the navigation until all is drawn and a frame has passed. */
  readonly interactiveMs: number;
  /** Milliseconds of CPU of the page's main thread until then. */
  readonly interactiveCpuMs: number;
  readonly heapMiB: number;
}

/** The topology of a seeded console, and a plain React Flow page with as many nodes, panned while a tenth of them changes ten times a second. */
export const bench: Bench = {
  name: 'canvas',
  what: `95th percentile of the frame time, panned, ${COMPARED} containers in sight, against a plain React Flow page; ${SIZES.join(', ')} containers in detail`,
  async run({ rounds, say, signal }) {
    const detail: Record<string, number | string> = {};
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const note = (name: string, measured: Measured): Measured => {
      for (const [key, value] of Object.entries(measured)) detail[`${name}.${key}`] = value;
      say(
        `${name}: ${measured.fps} fps, frame p95 ${measured.frameP95} ms, main thread ${measured.mainMs} ms of CPU a frame, input p95 ${measured.inputP95} ms, interactive ${measured.interactiveMs} ms (${measured.interactiveCpuMs} ms of CPU), heap ${measured.heapMiB} MiB`,
      );
      return measured;
    };
    try {
      const ours = new Map<string, Measured>();
      let compared: Awaited<ReturnType<typeof alternate>> = [];
      for (const size of SIZES) {
        signal.throwIfAborted();
        const plain = await startReference(size, UPDATES);
        const seeded = await openSeeded(browser, size);
        try {
          if (size === COMPARED) {
            detail.scriptKiB = await scriptKiB(seeded.context);
            compared = await alternate(
              { rounds: rounds ?? 3, say, signal },
              async () => (await measureOurs(seeded, size, 'fit')).frameP95,
              async () => (await measurePlain(browser, plain, 'fit')).frameP95,
            );
          }
          for (const view of ['fit', 'full'] as const) {
            ours.set(`${size}.${view}`, note(`${size}.${view}`, await measureOurs(seeded, size, view)));
            note(`${size}.${view}.reference`, await measurePlain(browser, plain, view));
          }
        } finally {
          await seeded.stop();
          await plain.stop();
        }
      }
      const least = (size: number) => Math.min(...(['fit', 'full'] as const).map((view) => ours.get(`${size}.${view}`)?.fps ?? 0));
      const interactiveMs = ours.get('10000.fit')?.interactiveMs ?? Number.POSITIVE_INFINITY;
      return {
        name: 'canvas',
        unit: 'ms a frame (p95)',
        ...summarise(compared),
        target: `at 1,000 >= ${TARGETS.fpsAt1000} fps fit and 1:1; at 10,000 interactive in <= ${TARGETS.interactiveMs} ms and >= ${TARGETS.fpsAt10000} fps; Applications <= ${TARGETS.scriptKiB} KiB of script, gzip`,
        met:
          least(1_000) >= TARGETS.fpsAt1000 &&
          least(10_000) >= TARGETS.fpsAt10000 &&
          interactiveMs <= TARGETS.interactiveMs &&
          Number(detail.scriptKiB) <= TARGETS.scriptKiB,
        detail,
      };
    } finally {
      await browser.close();
    }
  },
};

interface Seeded {
  readonly context: BrowserContext;
  stop(): Promise<void>;
}

async function openSeeded(browser: Browser, containers: number): Promise<Seeded> {
  const server = await startSeededConsole({ containers, ...UPDATES });
  const context = await browser.newContext({ baseURL: server.url, viewport: VIEWPORT });
  const page = await context.newPage();
  await makeAdministrator(page, { console: server });
  await page.close();
  return {
    context,
    async stop() {
      await context.close();
      await server.stop();
    },
  };
}

/** In sight as a whole, or at full size: on the canvas up to a thousand, on the overview beyond. */
async function measureOurs({ context }: Seeded, containers: number, view: View): Promise<Measured> {
  const isOverview = containers > 1_000;
  const query = isOverview ? `size=${view}` : view === 'full' ? 'at=0,0,1' : '';
  const drawn = isOverview ? `canvas[data-dots="${containers}"]` : '.react-flow__node';
  return await measure(await context.newPage(), `/topology?${query}`, {
    drawn,
    panned: isOverview ? 'canvas[data-dots]' : '.react-flow__pane',
    by: isOverview ? 'wheel' : 'drag',
  });
}

async function measurePlain(browser: Browser, { url }: ReferenceConsole, view: View): Promise<Measured> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    return await measure(page, `${url}/${view === 'full' ? '#full' : ''}`, {
      drawn: '.react-flow__node',
      panned: '.react-flow__pane',
      by: 'drag',
    });
  } finally {
    await context.close();
  }
}

async function measure(page: Page, path: string, how: { drawn: string; panned: string; by: 'drag' | 'wheel' }): Promise<Measured> {
  await page.addInitScript((selector) => {
    const look = () => {
      if (!document.querySelector(selector)) return requestAnimationFrame(look);
      return requestAnimationFrame(() => Object.assign(window, { interactive: performance.now() }));
    };
    look();
  }, how.drawn);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const before = await mainThreadMs(devtools);
  await page.goto(path);
  await page.waitForFunction(() => 'interactive' in window, undefined, { timeout: DRAWN_WITHIN_MS });
  const interactiveMs = rounded(await page.evaluate(() => (window as unknown as { interactive: number }).interactive));
  const interactiveCpuMs = await mainThreadMs(devtools, before);
  const panned = await pan(page, devtools, { selector: how.panned, by: how.by });
  const measured = { ...panned, interactiveMs, interactiveCpuMs, heapMiB: await heapMiB(devtools) };
  await page.close();
  return measured;
}

/** KiB of script, gzip, that a browser loads for the Applications page the first time. */
async function scriptKiB(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto('/applications', { waitUntil: 'networkidle' });
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.close();
  return rounded(total / 1_024);
}
