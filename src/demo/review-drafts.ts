import { splitAmount } from '../domains/pricing/money.ts';
import type { DemoReview } from './demo-shops.ts';
import { listedAt, productId } from './product-drafts.ts';
import type { Mood, Opinion, ProductSketch, ShopSketch, Voice, WrittenReview } from './sketch.ts';
import { stableId, stableNumber } from './stable.ts';

type Rating = 1 | 2 | 3 | 4 | 5;

/** Of a hundred reviews, how many give five stars, four, three, two and one. */
const STARS: Record<Mood, readonly number[]> = {
  loved: [68, 21, 6, 3, 2],
  liked: [46, 32, 13, 6, 3],
  divided: [30, 26, 20, 14, 10],
};

export function reviewDrafts(shop: ShopSketch, now: Date): DemoReview[] {
  const composer = newComposer(shop.voices);
  return shop.products.flatMap((product) => {
    const written = [...(shop.written[product.sku] ?? []), ...composer(product)];
    const times = writingTimes(written.length, product, now);
    return written.map((review, i) => reviewDraft(review, i, product, shop, times[i] ?? now));
  });
}

function reviewDraft(
  [rating, title, comment]: WrittenReview,
  i: number,
  product: ProductSketch,
  shop: ShopSketch,
  createdAt: Date,
): DemoReview {
  const { sku } = product;
  const chance = (limit: number, what: string) => stableNumber(limit, shop.subdomain, sku, i, what);
  return {
    _id: stableId(shop.subdomain, 'review', sku, i),
    productId: productId(shop, sku),
    userId: null,
    userName: reviewer(shop, sku, i),
    rating,
    title: chance(7, 'title') === 0 ? null : title,
    comment,
    // A few wait for the staff.
    status: chance(45, 'status') === 0 ? 'PENDING' : 'APPROVED',
    verifiedPurchase: chance(5, 'verified') > 0,
    helpfulCount: Math.max(0, chance(20, 'helpful') - 8 + chance(9, 'more')),
    createdAt,
  };
}

/** Nobody writes twice about a product: the step has no divisor in common with the number of names. */
function reviewer({ reviewers, subdomain }: ShopSketch, sku: string, i: number): string {
  const first = stableNumber(reviewers.length, subdomain, sku, 'reviewers');
  return reviewers[(first + 7 * i) % reviewers.length] ?? 'Anonymous';
}

/**
 * From some days after the product came, and more of them lately: a shop grows. They are in order, so that what is put
 * together of the same words stands far apart on the page.
 */
function writingTimes(count: number, product: ProductSketch, now: Date): Date[] {
  const listed = listedAt(product, now).getTime();
  return Array.from({ length: count }, (_, i) => stableNumber(10_000, product.sku, 'time', i) / 10_000)
    .sort((a, b) => a - b)
    .map((chance) => new Date(listed + (now.getTime() - listed) * (0.04 + 0.955 * Math.sqrt(chance))));
}

type Composer = (product: ProductSketch) => WrittenReview[];

/**
 * Puts reviews together: an opinion and, mostly, one sentence more. Products that share a voice go on where the last
 * one stopped, so that no two reviews are the same until a voice has said all that it can.
 */
function newComposer(voices: Record<string, Voice>): Composer {
  const said = new Map<string, number>();
  return (product) => {
    if (!product.reviews) return [];
    const { count, mood, voice: name } = product.reviews;
    const voice = voices[name];
    if (!voice) throw new Error(`Nobody has the voice "${name}" that ${product.sku} asks for`);

    const told: Remark[] = [];
    return ratings(count, mood, product.sku).map((rating) => {
      const key = `${name} ${Math.max(2, rating)}`;
      const remark = nextRemark(wordsFor(rating, voice), said.get(key) ?? 0, told);
      said.set(key, remark.nth + 1);
      told.push(remark);
      return [rating, remark.title, remark.detail ? `${remark.text} ${remark.detail}` : remark.text];
    });
  };
}

type Words = { opinions: readonly Opinion[]; details: readonly string[] };
type Remark = { nth: number; title: string; text: string; detail: string };

/** As many of the last reviews as a page shows; within them nobody repeats another. */
const PAGE = 10;

/** The next remark of which nothing was said lately; or, of a voice with few words, that was not made at all. */
function nextRemark(words: Words, from: number, told: Remark[]): Remark {
  const count = words.opinions.length * words.details.length;
  const coming = Array.from({ length: count }, (_, i) => remarkOf(words, from + i));
  const lately = told.slice(1 - PAGE);
  const isNew = (a: Remark) => !told.some((b) => a.text === b.text && a.detail === b.detail);
  const isFresh = (a: Remark) =>
    !lately.some((b) => a.text === b.text || (a.detail !== '' && a.detail === b.detail));

  const next = coming.find((remark) => isNew(remark) && isFresh(remark)) ?? coming.find(isNew);
  if (!next)
    throw new Error(`More reviews are asked for than can be told apart: ${words.opinions.join(' ')}`);
  return next;
}

/** Walks through all pairs of an opinion and a detail, with the same opinion and detail as far apart as can be. */
function remarkOf({ opinions, details }: Words, nth: number): Remark {
  const laps = Math.floor(nth / leastCommonMultiple(opinions.length, details.length));
  const [title, text] = opinions[nth % opinions.length] ?? ['', ''];
  return { nth, title, text, detail: details[(nth + laps) % details.length] ?? '' };
}

const leastCommonMultiple = (a: number, b: number) => (a / greatestCommonDivisor(a, b)) * b;
const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** As many of each rating as the mood says, in an order that shows no pattern. */
function ratings(count: number, mood: Mood, sku: string): Rating[] {
  const stars: Rating[] = [5, 4, 3, 2, 1];
  const counts = splitAmount(count, STARS[mood]);
  return stars
    .flatMap((rating, i) => Array.from({ length: counts[i] ?? 0 }, () => rating))
    .map((rating, i) => ({ rating, order: stableNumber(1_000_000, sku, 'order', i) }))
    .sort((a, b) => a.order - b.order)
    .map(({ rating }) => rating);
}

/** No detail is a detail too. */
function wordsFor(rating: Rating, voice: Voice): Words {
  if (rating === 5) return { opinions: voice.love, details: ['', ...voice.praise] };
  if (rating === 4) return { opinions: voice.like, details: ['', ...voice.gripes, ...voice.praise] };
  return { opinions: rating === 3 ? voice.mixed : voice.dislike, details: ['', ...voice.gripes] };
}
