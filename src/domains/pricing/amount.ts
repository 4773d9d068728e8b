/** An exact amount: whole minor units of a currency. */
export type Amount = { minor: number; currency: string };
