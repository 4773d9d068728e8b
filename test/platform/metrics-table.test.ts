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
