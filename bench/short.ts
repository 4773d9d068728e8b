import { type Cost, readsMore, withInspector } from './inspect.ts';
import { type Operation, others, queries, reserve } from './operations.ts';
import { aligned } from './report.ts';
import { say } from './say.ts';
import { withBenchDatabase } from './shop-database.ts';
import { refillStock } from './stock.ts';

/** Two shares of these are in the shop that is asked: 1,000 and 4,000 products. */
const SIZES = [2_500, 10_000];
const SHAPES = [...queries, reserve, ...others];

/** Each request at two sizes of catalogue: how many commands, and by which plans. Nothing is timed. */
export async function short(): Promise<void> {
  const costs: Cost[][] = [];
  for (const size of SIZES) costs.push(await costsAt(size));
  const rows = SHAPES.map((operation, i) => {
    const [few, many] = costs.map((some) => some[i]);
    if (!few || !many) throw new Error('Each operation was asked at each size');
    return { operation, few, many, faults: faultsOf(operation, few, many) };
  });
  const read = ({ keys, documents }: Cost) => `${keys} · ${documents}`;
  console.log(
    aligned([
      ['', 'commands', `keys · documents, ${SIZES[0]}`, String(SIZES[1]), 'faults'],
      ...rows.map(({ operation: { name, title }, few, many, faults }) => [
        `${name} ${title}`,
        String(many.commands),
        read(few),
        read(many),
        faults.join('; ') || 'none',
      ]),
    ]),
  );
  if (rows.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

const costsAt = (size: number): Promise<Cost[]> =>
  withBenchDatabase(size, say, async (bench) => {
    await refillStock(bench.stockShop);
    const smallest = Math.round(bench.shop.products * (Math.min(...SIZES) / size));
    const costs = await withInspector(bench, async (inspect) => {
      const found: Cost[] = [];
      for (const operation of SHAPES) found.push(await inspect(operation, smallest));
      return found;
    });
    await refillStock(bench.stockShop);
    return costs;
  });

function faultsOf({ commands, mostKeys }: Operation, few: Cost, many: Cost): string[] {
  const stages = new Set([few, many].flatMap(({ plans }) => plans.flatMap((plan) => plan.stages)));
  return [
    ...[few, many]
      .filter((cost) => cost.commands !== commands)
      .map((cost) => `${cost.commands} commands, not ${commands}`),
    ...['COLLSCAN', 'SORT', '$sort'].filter((stage) => stages.has(stage)),
    ...(many.keys > mostKeys ? [`${many.keys} keys, more than ${mostKeys}`] : []),
    ...(readsMore(few, many) ? ['reads more of a larger catalogue'] : []),
  ];
}
