import { setTimeout as sleep } from 'node:timers/promises';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { sweepReservations } from '../../src/domains/inventory/sweeping.ts';
import { reconcilePayments } from '../../src/domains/orders/payment-reconciler.ts';
import { payments } from '../../src/domains/payments/collections.ts';
import { openGateway } from '../../src/domains/payments/gateway.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 100_000;
const MOST = 100_000;
/** Between two looks, and two rounds of the jobs. */
const PAUSE_MS = 250;

/** How much of a shop is still to be done by the jobs. */
export async function leftOf(db: TenantDb): Promise<number> {
  const open = { $or: [{ dueAt: { $ne: null } }, { state: 'HELD' as const }] };
  const [kept, paying] = await Promise.all([
    db.collection(reservations).count(open, { limit: MOST }),
    db.collection(payments).count({ state: 'PENDING' }, { limit: MOST }),
  ]);
  return kept + paying;
}

/**
 * Waits until the jobs of the API have done what is due; with `forward`, they are helped by the same jobs run here with a
 * clock that is ahead, so that nobody waits for times to be over. Answers how long it took.
 */
export async function settle({ ahead, apis }: World, dbs: TenantDb[], forward: boolean): Promise<number> {
  const begun = Date.now();
  const gateway = openGateway({
    ...{ secretsKeys: [], testByDefault: false, publicUrl: apis[0]?.url ?? '', stripeUrl: undefined },
    ...{ callMs: 2_000, onFailure: () => {} },
  });
  for (;;) {
    const left = await Promise.all(dbs.map(leftOf)).catch(() => [1]);
    const took = Date.now() - begun;
    if (left.every((count) => count === 0) || took > PATIENCE_MS) return took;
    if (forward) {
      const system = ahead.systemDb('what is due after torture');
      // What meets the lock of a transaction that is still open is done by the next round.
      await sweepReservations(system).catch(() => {});
      await reconcilePayments([system], gateway).catch(() => {});
    }
    await sleep(PAUSE_MS);
  }
}
