import { resolveColor } from '@/components/ui/resolve-color.ts';
import type { Tone } from '@/components/ui/state-look.ts';
import type { Point } from '../topology/topology-layout.ts';
import { DOT_SHAPES, DOT_STROKE } from './dot-shapes.tsx';

export interface DotPainter {
  /** Sizes the canvas, and with that clears it. */
  resize(width: number, height: number): void;
  /** In place of what is there; null leaves it empty. */
  dot(at: Point, tone: Tone | null): void;
}

/** Browsers paint no larger canvas than this many pixels a side. */
const LARGEST = 16_384;
const TOKENS: Readonly<Record<Tone, `--${string}`>> = {
  ok: '--ok',
  bad: '--bad',
  warn: '--warn',
  busy: '--busy',
  off: '--off',
  unknown: '--off',
};

/** Paints dots, each on its own square: what changes is painted without the rest. Colours are those of the moment in which it is made. */
export function makeDotPainter(canvas: HTMLCanvasElement, pitch: number): DotPainter | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  let ratio = 1;
  const radius = (pitch - 2) / 2;
  const tones = Object.fromEntries(
    Object.entries(DOT_SHAPES).map(([tone, { path, isFilled }]) => [
      tone,
      { shape: new Path2D(path), isFilled, color: resolveColor(canvas.parentElement ?? canvas, TOKENS[tone as Tone]) },
    ]),
  );
  return {
    resize(width, height) {
      ratio = Math.min(window.devicePixelRatio, LARGEST / Math.max(width, height));
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    },
    dot({ x, y }, tone) {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(x - pitch / 2, y - pitch / 2, pitch, pitch);
      const look = tone === null ? undefined : tones[tone];
      if (!look) return;
      context.setTransform(radius * ratio, 0, 0, radius * ratio, x * ratio, y * ratio);
      if (look.isFilled) {
        context.fillStyle = look.color;
        context.fill(look.shape);
      } else {
        context.strokeStyle = look.color;
        context.lineWidth = DOT_STROKE;
        context.stroke(look.shape);
      }
    },
  };
}
