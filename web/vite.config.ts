import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // light-dark() and the rest of 2024's baseline are sent as written
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // an inlined asset would be a data: URL, which the Content-Security-Policy forbids for fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
