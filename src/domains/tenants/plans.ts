import type { Plan } from './collections.ts';

/** `cost` is the size of the budget that queries are paid from, and how much of it comes back each second. */
export type PlanLimits = { products: number; staff: number; cost: { size: number; perSecond: number } };

const LIMITS: Record<Plan, PlanLimits> = {
  FREE: { products: 1_000, staff: 3, cost: { size: 1_000, perSecond: 50 } },
  PRO: { products: 100_000, staff: 25, cost: { size: 10_000, perSecond: 500 } },
  ENTERPRISE: { products: 5_000_000, staff: 1_000, cost: { size: 100_000, perSecond: 5_000 } },
};

export const limitsOf = (plan: Plan): PlanLimits => LIMITS[plan];
