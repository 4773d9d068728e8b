import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { configSchema, readConfig } from '../../src/config.ts';

const ROOT = 'deploy/kubernetes';
const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const kustomization = z.object({
  namespace: z.string(),
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string() })).default([]),
  configMapGenerator: z.array(z.object({ name: z.string(), literals: z.array(z.string()) })).default([]),
});

const probe = z.object({
  httpGet: z.object({ path: z.string(), port: z.string() }),
  periodSeconds: z.number(),
  failureThreshold: z.number(),
});
const container = z.object({
  image: z.string(),
  command: z.array(z.string()),
  envFrom: z.array(z.record(z.string(), z.object({ name: z.string(), optional: z.boolean().optional() }))),
  env: z
    .array(
      z.object({
        name: z.string(),
        valueFrom: z.object({
          secretKeyRef: z.object({ name: z.string(), key: z.string(), optional: z.boolean() }),
        }),
      }),
    )
    .default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
});
const pods = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    containers: z.array(container).length(1),
    terminationGracePeriodSeconds: z.number().optional(),
    restartPolicy: z.string().optional(),
    securityContext: z.object({ runAsNonRoot: z.literal(true) }),
  }),
});
const manifest = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  spec: z
    .object({
      template: pods.optional(),
      replicas: z.number().optional(),
      minReplicas: z.number().optional(),
      maxUnavailable: z.number().optional(),
      selector: z.unknown().optional(),
      scaleTargetRef: z.object({ kind: z.string(), name: z.string() }).optional(),
      ports: z.array(z.object({ port: z.number(), targetPort: z.string() })).optional(),
    })
    .optional(),
});
type Manifest = z.output<typeof manifest>;

const settings = readKustomization('settings');
const migrate = readStep('migrate');
const serve = readStep('serve');
const all = [...migrate, ...serve];

function readKustomization(folder: string) {
  return kustomization.parse(parse(textOf(`${ROOT}/${folder}/kustomization.yaml`)));
}

/** What one step applies, besides the settings. */
function readStep(folder: string): Manifest[] {
  const { resources } = readKustomization(folder);
  return resources
    .filter((path) => path.endsWith('.yaml'))
    .flatMap((path) => parseAllDocuments(textOf(posix.join(ROOT, folder, path))))
    .map((document) => manifest.parse(document.toJS()));
}

const found = (kind: string, name: string) =>
  all.find((each) => each.kind === kind && each.metadata.name === name) ?? expect.fail(`no ${kind} ${name}`);
const podsOf = ({ spec }: Manifest) => spec?.template ?? expect.fail('no pods');
const containerOf = (each: Manifest) => podsOf(each).spec.containers[0] ?? expect.fail('no container');
const running = all.filter(({ spec }) => spec?.template);

const environment = Object.fromEntries(
  settings.configMapGenerator.flatMap(({ literals }) => literals.map((pair) => pair.split('=', 2))),
);
const docs = textOf('docs/scaling.md');

/** What the docs put into a secret. */
function namesInSecret(secret: string): string[] {
  const [, command = ''] = new RegExp(`create secret generic ${secret}([\\s\\S]*?)\`\`\``).exec(docs) ?? [];
  return [...command.matchAll(/--from-literal=(\w+)=/g)].map(([, name = '']) => name);
}

const megabytes = (memory: string) => Number(/^(\d+)Mi$/.exec(memory)?.[1]);

describe('the manifests for Kubernetes', () => {
  it('are applied in two steps, which share their namespace, image and settings', () => {
    expect(running.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Job souk-migrate',
      'Deployment souk-api',
      'Deployment souk-worker',
    ]);
    for (const step of ['migrate', 'serve']) {
      const { namespace, resources, images } = readKustomization(step);
      expect([namespace, resources[0], images[0]?.name]).toEqual([settings.namespace, '../settings', 'souk']);
      expect(docs).toContain(`kubectl apply -k ${ROOT}/${step}`);
    }
    expect(docs.indexOf('wait --for=condition=complete job/souk-migrate')).toBeLessThan(
      docs.indexOf(`kubectl apply -k ${ROOT}/serve`),
    );
  });

  it('run commands of package.json', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')));
    const commands = running.map((each) => containerOf(each).command.join(' '));
    expect(commands).toEqual([
      'sh -c npm run migrate -- up && npm run indexes',
      'npm run serve',
      'npm run worker',
    ]);
    for (const [, name = ''] of commands.join(' ').matchAll(/npm run (\w+)/g))
      expect(scripts).toHaveProperty(name);
  });

  it('set only what Souk reads, to values that it takes, and take the rest from a secret', () => {
    const secret = namesInSecret('souk-secrets');
    expect(secret).toEqual(expect.arrayContaining(['MONGODB_URI', 'REDIS_URL', 'SECRETS_KEY']));
    const known = Object.keys(configSchema.shape);
    expect(known).toEqual(expect.arrayContaining([...Object.keys(environment), ...secret]));
    expect(readConfig(environment)).toMatchObject({ WORKER: 'apart', READ_FROM_SECONDARIES: 'on' });
    const sources = [{ configMapRef: { name: 'souk-settings' } }, { secretRef: { name: 'souk-secrets' } }];
    for (const each of running) expect(containerOf(each).envFrom.slice(0, 2)).toEqual(sources);
    expect(settings.configMapGenerator[0]?.name).toBe('souk-settings');
  });

  it('back up where a second secret says where to, with the key in the worker alone', () => {
    const secret = namesInSecret('souk-backup');
    const s3 = Object.keys(configSchema.shape).filter((name) => name.startsWith('S3_'));
    expect(secret.toSorted()).toEqual(['BACKUP_KEY', 'BACKUP_TO', ...s3].toSorted());
    const further = running.map((each) => containerOf(each).envFrom.slice(2));
    expect(further).toEqual([[], [], [{ secretRef: { name: 'souk-backup', optional: true } }]]);
    const { env } = containerOf(found('Deployment', 'souk-api'));
    expect(env).toEqual(
      ['BACKUP_TO', ...s3].map((key) => ({
        name: key,
        valueFrom: { secretKeyRef: { name: 'souk-backup', key, optional: true } },
      })),
    );
  });

  it('ask at the port that the API listens on, for what the server answers', () => {
    const { ports, startupProbe, readinessProbe, livenessProbe } = containerOf(
      found('Deployment', 'souk-api'),
    );
    expect(ports).toEqual([{ name: 'http', containerPort: Number(environment.PORT) }]);
    const asked = [startupProbe, readinessProbe, livenessProbe].map((each) => each?.httpGet);
    expect(asked.map((get) => get?.port)).toEqual(['http', 'http', 'http']);
    expect(asked.map((get) => get?.path)).toEqual(['/readyz', '/readyz', '/healthz']);
    expect(textOf('src/routes.ts') + textOf('src/platform/http/server.ts')).toMatch(
      /'\/healthz'[\s\S]*'\/readyz'/,
    );
    expect(found('Service', 'souk-api').spec?.ports?.map(({ targetPort }) => targetPort)).toEqual(['http']);
  });

  it('let a pod that stops tell its clients first', () => {
    const { readinessProbe } = containerOf(found('Deployment', 'souk-api'));
    // As long as src/serve.ts goes on being asked, and is ready no more.
    expect(
      (readinessProbe?.periodSeconds ?? 9) * (readinessProbe?.failureThreshold ?? 9),
    ).toBeLessThanOrEqual(2.5);
    for (const each of running.filter(({ kind }) => kind === 'Deployment'))
      expect(podsOf(each).spec.terminationGracePeriodSeconds).toBeGreaterThan(12);
  });

  it('take away one pod at a time of each part, and select pods that there are', () => {
    for (const name of ['souk-api', 'souk-worker']) {
      const { labels } = podsOf(found('Deployment', name)).metadata;
      const budget = found('PodDisruptionBudget', name).spec;
      expect(budget).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: labels } });
      expect(found('Deployment', name).spec?.selector).toEqual({ matchLabels: labels });
    }
    const scaler = found('HorizontalPodAutoscaler', 'souk-api').spec;
    expect(scaler).toMatchObject({
      minReplicas: 3,
      scaleTargetRef: { kind: 'Deployment', name: 'souk-api' },
    });
    expect(found('Service', 'souk-api').spec?.selector).toEqual(
      podsOf(found('Deployment', 'souk-api')).metadata.labels,
    );
  });

  it('ask for as much memory as a process needs', () => {
    const [, needed] = /needs about (\d+) MB/.exec(textOf('docs/operations.md')) ?? [];
    const { requests, limits } = containerOf(found('Deployment', 'souk-api')).resources;
    expect(megabytes(requests.memory)).toBeGreaterThan(Number(needed));
    expect(megabytes(limits.memory)).toBeGreaterThanOrEqual(2 * Number(needed));
  });
});
