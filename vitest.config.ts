import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const resolve = { alias: { '@': path.resolve(import.meta.dirname) } };

export default defineConfig({
  test: {
    // One for each processor: by default one is left free, on a machine of two half the time.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['server/**/*.test.ts', 'components/**/*.test.ts'],
          // Speed is measured by the benches: a busy machine must not fail a test.
          testTimeout: 60_000,
          // Modules are loaded once a worker, not once a file: a third of the time. What a test changes outside of itself it puts back.
          isolate: false,
        },
      },
      {
        resolve,
        plugins: [react()],
        test: { name: 'ui', environment: 'jsdom', pool: 'vmThreads', include: ['{app,components}/**/*.test.tsx'] },
      },
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
      { resolve, test: { name: 'vm', environment: 'node', include: ['server/**/*.vm.ts'] } },
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
