import type { QuoteTotals } from '../pricing/quote.ts';
import { type Applicable, type CodeProblem, problemMessage } from '../promotions/applicable.ts';
import type { CartLine } from './documents.ts';
import { hasCodedPrice, type SoldGoods } from './goods.ts';

/** What a code in a cart does; `problem` is null when it counts. */
export type CodeState = { code: string; amount: number; problem: CodeProblem | null; message: string | null };

export type CodeStateOf = { state: CodeState; currency: string };

/** Each code of a cart, in their order. One that stands in a product's own prices is in the unit prices already. */
export function codeStates(
  codes: readonly string[],
  { applied, refused }: Applicable,
  { discounts }: QuoteTotals,
  sold: readonly { line: CartLine; goods: SoldGoods }[],
  at: Date,
): CodeState[] {
  return codes.map((code) => {
    const promotion = applied.find((candidate) => candidate.code === code)?.promotion;
    if (promotion) {
      const taken = discounts.find(({ id }) => promotion._id.equals(id));
      return { code, amount: taken?.amount ?? 0, problem: null, message: null };
    }
    const isInPrices = sold.some(({ line, goods }) =>
      hasCodedPrice(goods, code, { at, quantity: line.quantity }),
    );
    const problem = refused.find((candidate) => candidate.code === code)?.problem ?? 'UNKNOWN';
    return isInPrices
      ? { code, amount: 0, problem: null, message: null }
      : { code, amount: 0, problem, message: problemMessage(problem) };
  });
}
