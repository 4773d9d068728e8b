import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const SERVER = 'http://127.0.0.1:4000';

/** Each script and style also as a .gz file, so that the server need not compress while it answers. */
const zipped: Plugin = {
  name: 'zipped',
  generateBundle: {
    // After Vite's own plugins, which still write into the scripts at this point.
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css)$/.test(file.fileName)) continue;
        const source = gzipSync(file.type === 'chunk' ? file.code : file.source);
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source });
      }
    },
  },
};

export default defineConfig({
  base: '/playground/',
  plugins: [zipped],
  build: {
    // Inlined files would be data: addresses, which the pages' policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one piece of 2.8 MB.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: ['index.html', 'playground.html', 'insights.html'],
      checks: { moduleLevelDirective: false },
    },
  },
  worker: { format: 'es' },
  // `npm run dev -w playground` shows the pages as they are edited, on the data of a running server.
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      ...Object.fromEntries(
        ['/playground/config.json', '/readyz', '/metrics', '/export'].map((path) => [path, SERVER]),
      ),
    },
  },
});
