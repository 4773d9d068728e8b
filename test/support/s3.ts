import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

export const S3_BUCKET = 'souk';

/** A local S3 with an empty bucket; `env` is what Souk is given to use it. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'souk-s3-'));
  const configureBuckets = [{ name: S3_BUCKET, configs: [] }];
  const serverAt = (port: number) =>
    new S3rver({ address: '127.0.0.1', port, silent: true, directory, configureBuckets });
  let server = serverAt(0);
  const { port } = await server.run();
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    url: `s3://${S3_BUCKET}`,
    /** With what is in it, for `startAgain`. */
    stop: () => server.close(),
    startAgain: async () => {
      server = serverAt(port);
      await server.run();
    },
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
