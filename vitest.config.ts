import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const resolve = { alias: { '@': path.resolve(import.meta.dirname) } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        // Speed is measured by the benches: a busy machine must not fail a test.
        test: { name: 'unit', environment: 'node', include: ['server/**/*.test.ts', 'components/**/*.test.ts'], testTimeout: 60_000 },
      },
      { resolve, plugins: [react()], test: { name: 'ui', environment: 'jsdom', include: ['{app,components}/**/*.test.tsx'] } },
      {
        resolve,
        test: {
          name: 'contract',
          environment: 'node',
          include: ['server/**/*.contract.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          name: 'crash',
          environment: 'node',
          include: ['e2e/**/*.crash.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
