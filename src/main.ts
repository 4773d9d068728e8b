import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './platform/log.ts';

/** The API process for production: it seeds nothing and creates nothing. */
const config = readConfig();
const log = createLog(config.LOG_LEVEL);
if (!config.MONGODB_URI)
  throw new ConfigError('MONGODB_URI is needed to serve; npm start brings a MongoDB of its own');
const app = await startApp({ config, mongodbUri: config.MONGODB_URI, log, jobs: true });
log.info({ url: app.url }, 'listening');
closeWithGrace({ delay: 10_000, logger: log }, () => app.close());
