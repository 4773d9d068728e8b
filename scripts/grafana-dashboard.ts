import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { dashboard } from './support/grafana-panels.ts';

const { check } = new Command('node scripts/grafana-dashboard.ts')
  .description(
    'Writes deploy/grafana/souk.json, a dashboard of /metrics; scripts/support/grafana-panels.ts says what is on it.',
  )
  .option('--check', 'write nothing, and fail when the file is older than what is to be on it')
  .parse()
  .opts<{ check?: true }>();

const file = new URL('../deploy/grafana/souk.json', import.meta.url);
const text = `${JSON.stringify(dashboard(), null, 2)}\n`;
if (!check) {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('deploy/grafana/souk.json is not as declared: run node scripts/grafana-dashboard.ts');
  process.exitCode = 1;
}
