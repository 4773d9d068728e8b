import { ensurePlaygroundBuilt } from '../src/platform/http/pages-bundle.ts';

await ensurePlaygroundBuilt(console.log);
console.log('The pages are built and up to date.');
