/** What bounds a batch: how many, and how much they weigh together. */
type BatchLimits<T> = { most: number; heaviest: number; weigh: (item: T) => number };

/**
 * Items in batches, as they come. When the source fails, the batch that was begun still comes, and then the failure.
 */
export async function* inBatches<T>(
  source: AsyncIterable<T>,
  { most, heaviest, weigh }: BatchLimits<T>,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let weight = 0;
  let failure: { error: unknown } | null = null;
  try {
    for await (const item of source) {
      if (batch.length > 0 && (batch.length === most || weight + weigh(item) > heaviest)) {
        yield batch;
        batch = [];
        weight = 0;
      }
      batch.push(item);
      weight += weigh(item);
    }
  } catch (error) {
    failure = { error };
  }
  if (batch.length > 0) yield batch;
  if (failure) throw failure.error;
}
