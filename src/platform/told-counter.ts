import { Counter, type CounterConfiguration } from 'prom-client';

/** One count, with its labels where it has some. */
export type Count<L extends string> = { labels?: Partial<Record<L, string>>; count: number };

type Told<L extends string> = readonly Count<L>[];

/** A counter of what is counted elsewhere: found out when somebody looks; the counts of before stay where it is null. */
export function toldCounter<L extends string = never>(
  about: CounterConfiguration<L>,
  find: () => Told<L> | null | Promise<Told<L> | null>,
): void {
  new Counter<L>({
    ...about,
    async collect() {
      const counts = await find();
      if (!counts) return;
      this.reset();
      for (const { labels, count } of counts) {
        if (labels) this.inc(labels, count);
        else this.inc(count);
      }
    },
  });
}
