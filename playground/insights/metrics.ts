/** One series of `/metrics`: its labels and its number. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:\\.|[^"\\])*)"/g;

/** Prometheus' text format, as far as it is numbers. */
export function readMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name === undefined) return [];
    return { name, value: Number(value), labels: labelsIn(labels) };
  });
}

const labelsIn = (text: string) =>
  Object.fromEntries([...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, value]));

/** How many answers took at most so many seconds; each step counts those above the one before it. */
export type Step = { seconds: number; count: number };

/** The steps of a histogram, over all series with these labels. */
export function stepsOf(samples: Sample[], name: string, labels: Record<string, string>): Step[] {
  const wanted = Object.entries(labels);
  const upTo = new Map<number, number>();
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket` || wanted.some(([key, value]) => sample.labels[key] !== value))
      continue;
    const seconds = sample.labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(sample.labels.le);
    upTo.set(seconds, (upTo.get(seconds) ?? 0) + sample.value);
  }
  const sorted = [...upTo].sort(([a], [b]) => a - b);
  return sorted.map(([seconds, count], at) => ({ seconds, count: count - (sorted[at - 1]?.[1] ?? 0) }));
}

/** The step in which this share of the answers ends: no more is known than that they took at most so long. */
export function atMost(steps: Step[], share: number): number {
  const wanted = share * steps.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { seconds, count } of steps) {
    seen += count;
    if (seen >= wanted) return seconds;
  }
  return Number.POSITIVE_INFINITY;
}
