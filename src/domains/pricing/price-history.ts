import { changeMoments } from './discounts.ts';
import { lowestEffectivePrice, type PricedVariants, type ProductPrices } from './effective-price.ts';

/** What the cheapest variant was really offered for, from `from` until just before `to`. */
export type PriceSpan = { from: Date; to: Date; price: number };

/** Prices with their past: they are as they stand since `since`, and were as `history` says before. */
export type PricesOverTime = ProductPrices & { since: Date; history: readonly PriceSpan[] };

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;
const MAX_SPANS = 100;

/**
 * The history to store when prices or variants change at `until`, worked out from both as they stood before the
 * change. It keeps the last 30 days, and at most 100 spans however often a shop changes its mind.
 */
export function closeSpans(pricing: PricesOverTime, variants: PricedVariants, until: Date): PriceSpan[] {
  const spans = [...pricing.history, ...spansSince(pricing, variants, until)];
  return bounded(joinEqual(spans.filter(({ to }) => to >= windowStart(until))));
}

/**
 * The lowest price that was offered in the 30 days up to and including `at`: the "prior price" that a shop in the EU
 * must show beside a reduction (Directive 98/6/EC, Article 6a). Windows of the current discounts count from when they
 * opened. Null when nothing is known of those days.
 */
export function lowestPrice30Days(
  pricing: PricesOverTime,
  variants: PricedVariants,
  at: Date,
): number | null {
  const past = [...pricing.history, ...spansSince(pricing, variants, at)];
  const prices = past.filter(({ from, to }) => from <= at && to > windowStart(at)).map(({ price }) => price);
  if (pricing.since <= at) prices.push(lowestEffectivePrice(pricing, variants, at));
  return prices.length === 0 ? null : Math.min(...prices);
}

/** Until then that price stays as it is: a discount starts or ends, or what was offered 30 days ago counts no more. */
export function nextLowestPriceChange({ history, discounts }: PricesOverTime, at: Date): Date | null {
  const moments = changeMoments(discounts);
  const left = [...history.map(({ to }) => to), ...moments].map((to) => new Date(to.getTime() + THIRTY_DAYS));
  const next = [...moments, ...left].filter((moment) => moment > at).map((moment) => moment.getTime());
  return next.length === 0 ? null : new Date(Math.min(...next));
}

const windowStart = (at: Date) => new Date(at.getTime() - THIRTY_DAYS);

/** The time since the prices took effect, cut at each moment at which a discount starts or ends. */
function spansSince(pricing: PricesOverTime, variants: PricedVariants, until: Date): PriceSpan[] {
  if (pricing.since >= until) return [];

  const moments = changeMoments(pricing.discounts).filter(
    (moment) => moment > pricing.since && moment < until,
  );
  const starts = [pricing.since, ...moments];
  return starts.map((from, i) => ({
    from,
    to: starts[i + 1] ?? until,
    price: lowestEffectivePrice(pricing, variants, from),
  }));
}

function joinEqual(spans: PriceSpan[]): PriceSpan[] {
  const joined: PriceSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && last.price === span.price && last.to >= span.from) {
      joined[joined.length - 1] = { ...last, to: span.to };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

/**
 * Past the limit, what goes first can never again be the lowest of 30 days: a span that is followed by one at most as
 * dear. What is left only rises, and its oldest part is told as one span at its lowest price: never a price too high.
 */
function bounded(spans: PriceSpan[]): PriceSpan[] {
  if (spans.length <= MAX_SPANS) return spans;

  const rising = risingOnly(spans);
  const old = rising.slice(0, 1 - MAX_SPANS);
  const [oldest] = old;
  const youngest = old.at(-1);
  if (!oldest || !youngest) return rising;
  return [{ ...oldest, to: youngest.to }, ...rising.slice(1 - MAX_SPANS)];
}

function risingOnly(spans: PriceSpan[]): PriceSpan[] {
  const rising: PriceSpan[] = [];
  for (const span of spans) {
    while ((rising.at(-1)?.price ?? Number.NEGATIVE_INFINITY) >= span.price) rising.pop();
    rising.push(span);
  }
  return rising;
}
