import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestApp } from '../support/app.ts';
import { ownRedis } from '../support/redis.ts';

/** Of each metric: its type and what it says, as `/metrics` shows them; those of the runtime are told together. */
async function shownMetrics(): Promise<string[]> {
  const redis = await ownRedis();
  const app = await startTestApp({ REDIS_URL: redis.url, ANSWER_CACHE: '1' });
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  return [...text.matchAll(/^# HELP (\S+) (.+)$/gm)]
    .filter(([, name]) => !/^(process|nodejs)_/.test(String(name)))
    .map(([, name, help]) => `| \`${name}\` | ${types.get(name)} | ${help} |`)
    .sort();
}

it('docs/metrics.md tells of each metric that there is, and of no other', async () => {
  const shown = await shownMetrics();
  const told = readFileSync('docs/metrics.md', 'utf8').match(/^\| `.+\|$/gm) ?? [];
  expect(told, shown.join('\n')).toEqual(shown);
});

it('what only grows is a counter and called _total, and nothing else is', async () => {
  const rows = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \| (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(30);
  for (const [row, name, type, help] of rows) {
    expect(name?.endsWith('_total'), row).toBe(type === 'counter');
    if (type === 'gauge') expect(help, row).not.toContain('since the start');
  }
});

it('the dashboard of Grafana is as declared, and goes by metrics that there are', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/grafana-dashboard.ts', '--check'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const told = readFileSync('docs/metrics.md', 'utf8');
  const { panels } = JSON.parse(readFileSync('deploy/grafana/souk.json', 'utf8'));
  const queries: string[] = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(queries.length).toBeGreaterThan(20);
  for (const query of queries) {
    const bare = query.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)/g, '');
    const names = bare.match(/[a-z]+(?:_[a-z0-9]+)+/g)?.filter((name) => name !== 'histogram_quantile') ?? [];
    expect(names.length, query).toBeGreaterThan(0);
    for (const name of names) expect(told, query).toContain(`\`${name.replace(/_(?:count|bucket)$/, '')}\``);
  }
});

it('each alert goes by metrics that there are, and says what helps', () => {
  const told = readFileSync('docs/metrics.md', 'utf8');
  const { groups } = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8'));
  for (const { alert, expr, annotations } of groups[0].rules) {
    const names: string[] = expr.replaceAll(/\{[^}]*\}/g, '').match(/[a-z]+(?:_[a-z]+)+/g) ?? [];
    expect(names.length, alert).toBeGreaterThan(0);
    for (const name of names) expect(told, alert).toContain(`\`${name.replace(/_count$/, '')}\``);
    expect(annotations.remedy, alert).toBeTruthy();
  }
});
