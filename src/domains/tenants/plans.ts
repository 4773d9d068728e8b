import type { Plan } from './collections.ts';

/** `cost` is the size of the budget that queries are paid from, and how much of it comes back each second. */
export type PlanLimits = { products: number; staff: number; cost: { size: number; perSecond: number } };

/**
 * A budget is one caller's: a key's, a person's, or that of an address of people unknown, such as a storefront's own
 * server. A product page costs 5, a list of 24 with variants 50 and a whole page of a storefront about 80. FREE gives
 * back three of those each second; PRO and ENTERPRISE more than one process can answer, which stops only who asks for
 * what is dear again and again.
 */
const LIMITS: Record<Plan, PlanLimits> = {
  FREE: { products: 1_000, staff: 3, cost: { size: 5_000, perSecond: 250 } },
  PRO: { products: 100_000, staff: 25, cost: { size: 250_000, perSecond: 100_000 } },
  ENTERPRISE: { products: 5_000_000, staff: 1_000, cost: { size: 1_000_000, perSecond: 500_000 } },
};

export const limitsOf = (plan: Plan): PlanLimits => LIMITS[plan];
