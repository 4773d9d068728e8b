import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema, readConfig } from '../../src/config.ts';

const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const isThere = (file: string) => existsSync(new URL(`../../${file}`, import.meta.url));

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.string().optional(),
      command: z.array(z.string()),
      environment: z.record(z.string(), z.coerce.string()).default({}),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()).default([]),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z
        .object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() })
        .optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const { services, volumes } = composeSchema.parse(parse(textOf('docker-compose.yml'), { merge: true }));
const service = (name: string) => services[name] ?? expect.fail(`no service ${name}`);
const mongoNames = Object.keys(services).filter((name) => service(name).command[0] === 'mongod');

const { scripts, dependencies } = z
  .object({ scripts: z.record(z.string(), z.string()), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')));

/** The Dockerfile's instructions, with continued lines joined and comments left out. */
const instructions = textOf('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => ({ word: line.split(' ')[0], rest: line.slice(line.indexOf(' ') + 1).trim() }));
const all = (word: string) => instructions.filter((each) => each.word === word).map(({ rest }) => rest);
const imageEnvironment = Object.fromEntries(
  all('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('='))),
);

const npmScripts = (command: string) =>
  [...command.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);

describe('docker-compose.yml', () => {
  it('has three nodes of MongoDB, Redis, the one-shot deployment, the API and the worker', () => {
    expect(Object.keys(services)).toEqual(['mongo1', 'mongo2', 'mongo3', 'redis', 'deploy', 'api', 'worker']);
    expect(mongoNames).toEqual(['mongo1', 'mongo2', 'mongo3']);
  });

  it('sets only variables that Souk reads, to values that it takes', () => {
    for (const name of ['deploy', 'api', 'worker']) {
      const { environment } = service(name);
      expect(Object.keys(configSchema.shape)).toEqual(expect.arrayContaining(Object.keys(environment)));
      expect(() => readConfig({ ...imageEnvironment, ...environment })).not.toThrow();
    }
  });

  it('names its own services in MONGODB_URI and REDIS_URL', () => {
    for (const name of ['deploy', 'api', 'worker']) {
      const { MONGODB_URI = '', REDIS_URL = '' } = service(name).environment;
      const [, hosts = '', replicaSet] = /^mongodb:\/\/(.+)\/\?replicaSet=(\w+)$/.exec(MONGODB_URI) ?? [];
      expect(hosts.split(',')).toEqual(mongoNames.map((mongo) => `${mongo}:27017`));
      for (const mongo of mongoNames) expect(service(mongo).command).toContain(replicaSet);
      expect(services).toHaveProperty(new URL(REDIS_URL).hostname);
    }
  });

  it('initiates the set of its nodes in a health check that passes once there is a primary', () => {
    expect(checkHealth({ status: notInitialized, primary: undefined })).toMatchObject({
      exitCode: 1,
      initiated: { _id: 'rs0', members: mongoNames.map((name, _id) => ({ _id, host: `${name}:27017` })) },
    });
    expect(checkHealth({ status: () => {}, primary: 'mongo2:27017' })).toEqual({ exitCode: 0 });
    expect(() => checkHealth({ status: refused, primary: undefined })).toThrow('not authorized');
  });

  it('starts each service only after what it needs is healthy or done', () => {
    expect(service('api').depends_on).toEqual({
      mongo1: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
      deploy: { condition: 'service_completed_successfully' },
    });
    expect(service('worker').depends_on).toEqual(service('api').depends_on);
    expect(service('deploy').depends_on).toEqual({ mongo1: { condition: 'service_healthy' } });
    const awaited = Object.values(services).flatMap(({ depends_on }) => Object.entries(depends_on));
    for (const [name, { condition }] of awaited)
      if (condition === 'service_healthy') expect(service(name).healthcheck?.test).toBeDefined();
  });

  it('publishes the port that the API listens on, and nothing else, to this host alone', () => {
    const { PORT } = service('api').environment;
    const published = Object.values(services).flatMap(({ ports }) => ports);
    expect(published).toEqual([`127.0.0.1:${PORT}:${PORT}`]);
  });

  it('migrates, then makes the indexes, then serves', () => {
    expect(service('deploy').command.join(' ')).toBe('sh -c npm run migrate -- up && npm run indexes');
    expect(service('api').command.join(' ')).toBe('npm run serve');
  });

  it('sends to webhooks in the worker, and not in the API', () => {
    expect(service('worker').command.join(' ')).toBe('npm run worker');
    expect(readConfig(service('api').environment).WORKER).toBe('apart');
  });

  it('keeps the data of each server in a volume of its own', () => {
    const mounted = Object.values(services).flatMap((each) =>
      each.volumes.map((mount) => mount.split(':')[0]),
    );
    expect(mounted.sort()).toEqual(Object.keys(volumes).sort());
    expect(new Set(mounted).size).toBe(mounted.length);
  });
});

describe('Dockerfile', () => {
  it('is built on the slim image of the Node that the project pins', () => {
    const [major] = dependencies.node?.split('.') ?? [];
    expect(new Set(all('FROM').map((from) => from.split(' ')[0]))).toEqual(new Set([`node:${major}-slim`]));
  });

  it('sets only variables that Souk or npm reads, to values that Souk takes', () => {
    const { npm_config_script_shell, ...ours } = imageEnvironment;
    expect(npm_config_script_shell).toBe('/bin/bash');
    expect(Object.keys(configSchema.shape)).toEqual(expect.arrayContaining(Object.keys(ours)));
    expect(() => readConfig(ours)).not.toThrow();
  });

  it('exposes, and asks for readiness on, the port that it listens on', () => {
    expect(all('EXPOSE')).toEqual([imageEnvironment.PORT]);
    const [check = ''] = all('HEALTHCHECK');
    expect(check).toContain("'http://127.0.0.1:' + process.env.PORT + '/readyz'");
    expect(textOf('src/platform/http/server.ts')).toContain("'/readyz'");
  });

  it('runs as a user without rights, on production packages only, with its data in the volume', () => {
    const lastStage = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM'));
    const order = lastStage.map(({ word }) => word);
    expect(order.indexOf('USER')).toBeLessThan(order.indexOf('CMD'));
    expect(all('USER')).toEqual(['node']);
    expect(lastStage.find(({ rest }) => rest.startsWith('npm ci'))?.rest).toContain('--omit=dev');
    expect(all('VOLUME')).toEqual([imageEnvironment.DATA_DIR]);
  });

  it('runs scripts of package.json, whose files it copies', () => {
    const commands = [...Object.values(services).map(({ command }) => command.join(' ')), ...all('RUN')];
    const [serve = ''] = all('CMD');
    const called = [...commands, z.array(z.string()).parse(JSON.parse(serve)).join(' ')].flatMap(npmScripts);
    expect(new Set(called)).toEqual(new Set(['migrate', 'indexes', 'serve', 'worker', 'playground:build']));
    for (const name of called) {
      const [file = ''] = /(src|scripts)\/\S+\.ts$/.exec(scripts[name] ?? '') ?? [];
      expect(isThere(file), `${name} runs ${file}`).toBe(true);
    }
    const copied = all('COPY')
      .flatMap((rest) => rest.split(' ').slice(0, -1))
      .filter((path) => !path.startsWith('--') && !path.startsWith('/'));
    expect(copied).toEqual(expect.arrayContaining(['src', 'scripts', 'schema.graphql']));
    expect(copied.filter((path) => !isThere(path))).toEqual([]);
  });

  it('leaves out of the image what belongs to this machine', () => {
    const ignored = textOf('.dockerignore').trim().split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', '.data*', '**/node_modules', '**/dist']));
  });
});

describe('.env.example', () => {
  // Every process has these; nobody writes them into a .env file.
  const OF_THE_SYSTEM = ['HOME', 'PATH', 'XDG_CACHE_HOME'];
  const example = parseEnv(textOf('.env.example'));

  it('names each variable that Souk reads, and no other', () => {
    const ours = Object.keys(configSchema.shape).filter((key) => !OF_THE_SYSTEM.includes(key));
    expect(Object.keys(example).sort()).toEqual(ours.sort());
  });

  it('changes nothing as it stands', () => {
    expect(readConfig({ ...example })).toEqual(readConfig({}));
  });
});

interface SetState {
  status: () => void;
  primary: string | undefined;
}

function notInitialized() {
  throw Object.assign(new Error('no replset config has been received'), { codeName: 'NotYetInitialized' });
}

function refused() {
  throw Object.assign(new Error('not authorized'), { codeName: 'Unauthorized' });
}

/** Runs the first node's health check with a stand-in for mongosh. */
function checkHealth({ status, primary }: SetState) {
  const script = service('mongo1').healthcheck?.test?.at(-1) ?? '';
  const seen: { initiated?: unknown; exitCode?: number } = {};
  const rs = { status, initiate: (config: unknown) => Object.assign(seen, { initiated: config }) };
  const quit = (exitCode: number) => Object.assign(seen, { exitCode });
  runInNewContext(script, { rs, db: { hello: () => ({ primary }) }, quit });
  return seen;
}
