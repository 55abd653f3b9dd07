// The page: sources in frontend/, output in dist/page. In development the API is the app on its default port.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'frontend',
  plugins: [react()],
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    // First versions with `light-dark()`, so that the colour tokens stay as written.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Files are run before those that import them: what forbids zod to compile must stand in the file with zod,
          // or a file with schemas could run first.
          groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|no-eval/ }],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: 'http://127.0.0.1:4800' } } },
});
