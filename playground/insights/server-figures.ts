import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import { waits } from './api.ts';
import { type Bar, bars } from './bars.ts';
import { atMost, readMetrics, type Sample, type Step, stepsOf } from './metrics.ts';

/**
 * What this page has waited for itself. Those of the server are of all its shops, so they are the operator's, and shown only
 * where the pages are open to everybody: not in production.
 */
export async function showServer({ playground }: PageSettings): Promise<Node[]> {
  const own = element('p', {}, ownWords(waits));
  if (!playground)
    return [own, element('p', { class: 'soft' }, 'The server’s own figures are its operator’s.')];
  const answer = await fetch('/metrics', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`GET /metrics answered ${answer.status}`);
  const samples = readMetrics(await answer.text());
  return [sums(samples), ...latencyBars(latencyOf(samples)), own];
}

function ownWords(waited: number[]): string {
  if (waited.length === 0) return 'This page has not asked anything yet.';
  const sorted = waited.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const words = waited.length === 1 ? 'one answer' : `${waited.length} answers`;
  return `This page has waited for ${words}: ${Math.round(median)} ms at the median, ${Math.round(sorted.at(-1) ?? 0)} ms at most.`;
}

const latencyOf = (samples: Sample[]): Step[] =>
  stepsOf(samples, 'http_request_duration_seconds', { route: '/graphql' });

function sums(samples: Sample[]) {
  const steps = latencyOf(samples);
  const tiles: [string, string][] = [
    ['Half of the answers within', timeOf(atMost(steps, 0.5))],
    ['95 of 100 within', timeOf(atMost(steps, 0.95))],
    ['From the cache', cacheShare(samples)],
    ['Answers kept', numberOf(samples, 'answer_cache_entries').toLocaleString('en')],
  ];
  const tileOf = ([name, shown]: [string, string]) =>
    element('div', {}, element('dt', {}, name), element('dd', { class: 'sum' }, shown));
  return element('dl', { class: 'sums' }, ...tiles.map(tileOf));
}

/** Of those requests whose answer may be kept: this page's own may not, they are for one caller. */
function cacheShare(samples: Sample[]): string {
  const count = (state: string) => numberOf(samples, 'answer_cache_requests_total', state);
  const [hits, all] = [count('HIT'), count('HIT') + count('MISS')];
  return all === 0 ? 'none asked' : `${Math.round((100 * hits) / all)} % of ${all.toLocaleString('en')}`;
}

const numberOf = (samples: Sample[], name: string, state?: string) =>
  samples.find((sample) => sample.name === name && (!state || sample.labels.state === state))?.value ?? 0;

function latencyBars(steps: Step[]): Node[] {
  const last = steps.findLastIndex(({ count }) => count > 0);
  const first = steps.findIndex(({ count }) => count > 0);
  return last === -1
    ? []
    : [bars(steps.slice(first, last + 1).map((step, at) => stepBar(step, steps[first + at - 1])))];
}

const stepBar = ({ seconds, count }: Step, below: Step | undefined): Bar => ({
  name: Number.isFinite(seconds) ? `within ${timeOf(seconds)}` : `more than ${timeOf(below?.seconds ?? 0)}`,
  ...{ value: count, shown: count.toLocaleString('en'), detail: '' },
});

const timeOf = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return 'more than 10 s';
  return seconds < 1 ? `${seconds * 1000} ms` : `${seconds} s`;
};
