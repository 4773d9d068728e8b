import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { element } from '../element.ts';
import { type Ink, inks, onOtherInks } from './inks.ts';
import type { MoneyFormat } from './money.ts';
import type { SoldOnDay } from './sales.ts';

const HEIGHT = 260;
/** More bars than these are too thin to be told apart on a phone: then a bar is a week. */
const MOST_BARS = 92;
const WEEK = 7;

type Bucket = { from: string; to: string; revenue: number; orders: number; units: number };

/** Revenue as bars; the line above them says in words what is under the finger or the mouse. */
export function salesChart(days: SoldOnDay[], money: MoneyFormat): HTMLElement {
  const buckets = bucketsOf(days);
  const told = element('p', { class: 'told', 'aria-live': 'polite' });
  const place = element('div', { class: 'chart', role: 'img', 'aria-label': wordsOf(buckets, money) });
  const tell = (index: number | null | undefined) => {
    const bucket = buckets[index ?? -1];
    told.textContent = bucket ? tellBucket(bucket, money) : wordsOf(buckets, money);
  };
  tell(null);
  drawWhenPlaced(place, (width) => draw(place, width, buckets, money, tell));
  return element('figure', {}, told, place);
}

/** The width is known, and may change, only in the page; the colours change with the system's. */
function drawWhenPlaced(place: HTMLElement, drawAt: (width: number) => uPlot) {
  let plot: uPlot | null = null;
  const redraw = () => {
    plot?.destroy();
    plot = drawAt(place.clientWidth);
  };
  const watcher = new ResizeObserver(() => {
    if (!place.isConnected) watcher.disconnect();
    else if (plot) plot.setSize({ width: place.clientWidth, height: HEIGHT });
    else redraw();
  });
  watcher.observe(place);
  onOtherInks(place, redraw);
}

function draw(
  place: HTMLElement,
  width: number,
  buckets: Bucket[],
  money: MoneyFormat,
  tell: (index: number | null | undefined) => void,
) {
  const ink = inks(place);
  const options: uPlot.Options = {
    ...{ width, height: HEIGHT, legend: { show: false }, padding: [12, 8, 0, 0] },
    // Days of the API are days of UTC, wherever the page is read.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { range: (_, first, last) => withRoom(first, last, buckets.length) },
      y: { range: fromZero },
    },
    axes: [
      { ...axis(ink), space: 64, size: 32, values: (_, splits) => splits.map(shortDay) },
      { ...axis(ink), size: 64, values: (_, splits) => splits.map((at) => money.short(at)) },
    ],
    series: [{}, barSeries(ink)],
    hooks: { setCursor: [({ cursor }) => tell(cursor.idx)] },
  };
  const xs = buckets.map(({ from }) => Date.parse(from) / 1000);
  return new uPlot(options, [xs, buckets.map(({ revenue }) => revenue)], place);
}

const barSeries = ({ accent }: Ink): uPlot.Series => ({
  paths: uPlot.paths.bars?.({ size: [0.72, 40], radius: 0.2 }),
  ...{ fill: accent, stroke: accent, width: 0, points: { show: false } },
});

const axis = ({ soft, line, font }: Ink): uPlot.Axis => ({
  ...{ stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } },
});

/** Half a bar on both sides, else the first and the last would be cut. */
function withRoom(first: number, last: number, count: number): [number, number] {
  const half = count > 1 ? (last - first) / (count - 1) / 2 : 12 * 60 * 60;
  return [first - half, last + half];
}

const fromZero = (_: uPlot, __: number, most: number): [number, number] => [0, most > 0 ? most * 1.08 : 1];

function bucketsOf(days: SoldOnDay[]): Bucket[] {
  const size = days.length > MOST_BARS ? WEEK : 1;
  const starts = days.flatMap((_, at) => (at % size === 0 ? [at] : []));
  return starts.map((at) => bucketOf(days.slice(at, at + size)));
}

const bucketOf = (days: SoldOnDay[]): Bucket => ({
  from: days[0]?.date ?? '',
  to: days.at(-1)?.date ?? '',
  revenue: days.reduce((sum, { grossRevenue }) => sum + grossRevenue.minor, 0),
  orders: days.reduce((sum, { orders }) => sum + orders, 0),
  units: days.reduce((sum, { unitsSold }) => sum + unitsSold, 0),
});

const spanOf = ({ from, to }: Pick<Bucket, 'from' | 'to'>) =>
  from === to ? dayName(from) : `${dayName(from)} – ${dayName(to)}`;

const dayName = (date: string) =>
  new Date(date).toLocaleDateString('en', {
    ...{ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' },
  });

const shortDay = (seconds: number) =>
  new Date(seconds * 1000).toLocaleDateString('en', { timeZone: 'UTC', month: 'short', day: 'numeric' });

const tellBucket = (bucket: Bucket, money: MoneyFormat) =>
  `${spanOf(bucket)}: ${money.exact(bucket.revenue)} · ${counted(bucket.orders, 'order')} · ${counted(bucket.units, 'piece')}`;

function wordsOf(buckets: Bucket[], money: MoneyFormat): string {
  const best = buckets.reduce((most, bucket) => (bucket.revenue > most.revenue ? bucket : most));
  const what = best.from === best.to ? 'day' : 'week';
  return `Revenue by ${what}; the best was ${spanOf(best)} with ${money.exact(best.revenue)}`;
}

const counted = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? what : `${what}s`}`;
