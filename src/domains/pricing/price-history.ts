/** What the cheapest variant was really offered for, from `from` until just before `to`. */
export type PriceSpan = { from: Date; to: Date; price: number };
