import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
    coverage: {
      provider: 'v8',
      include: [
        'foundation/**',
        'store/**',
        'scenarios/**',
        'knowledge-graph/**',
        'engine/**',
        'gateway/**',
        'reports/**',
        'api/**',
        'app/**',
      ],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
