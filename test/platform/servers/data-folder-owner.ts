// A program that opens the MongoDB of a data folder and stays, to be killed by a test.
import { startEmbeddedMongod } from '../../../src/platform/servers/embedded-mongod.ts';

const [dataDir = '', binary = ''] = process.argv.slice(2);
const { uri } = await startEmbeddedMongod({ dataDir, binary, report: () => {} });
console.log(uri);
setInterval(() => {}, 60_000);
