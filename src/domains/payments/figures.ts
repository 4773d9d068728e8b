export type PaymentFigures = {
  /** How often each came about in this process, by `provider outcome`. */
  outcomes: ReadonlyMap<string, number>;
  /** As the reconciler of this process last saw it: how many are not decided, and how long the oldest has not been. */
  pending: { count: number; oldestSeconds: number };
};

export type PaymentTally = {
  figures: PaymentFigures;
  count: (provider: string, outcome: string) => void;
  seePending: (pending: PaymentFigures['pending']) => void;
};

export function openTally(): PaymentTally {
  const outcomes = new Map<string, number>();
  const figures = { outcomes, pending: { count: 0, oldestSeconds: 0 } };
  return {
    figures,
    count: (provider, outcome) => {
      const name = `${provider} ${outcome}`;
      outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
    },
    seePending: (pending) => {
      figures.pending = pending;
    },
  };
}
