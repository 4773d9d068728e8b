import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { duePayments, dueRefunds, pendingPayments } from '../payments/due.ts';
import type { Paying, PaymentGateway } from '../payments/gateway.ts';
import { pursuePayment, pursueRefund } from './payment-calls.ts';

const AT_ONCE = 8;

type Due = Awaited<ReturnType<typeof duePayments>>;
type Pursue = (paying: Paying, id: Due[number]['_id']) => Promise<void>;

/**
 * Finds out what became of payments and refunds whose outcome nobody has written down, and asks for what is still
 * wanted of them; called on a clock, by as many processes as like to. Answers how many were seen to.
 */
export async function reconcilePayments(
  databases: readonly SystemDb[],
  payments: PaymentGateway,
): Promise<number> {
  const failures: unknown[] = [];
  const pending = { count: 0, oldestSeconds: 0 };
  let seen = 0;
  for (const system of databases) {
    const due = await duePayments(system);
    const refunds = await dueRefunds(system);
    failures.push(...(await pursueAll(system, payments, due, pursuePayment)));
    failures.push(...(await pursueAll(system, payments, refunds, pursueRefund)));
    const here = await pendingPayments(system);
    pending.count += here.count;
    pending.oldestSeconds = Math.max(pending.oldestSeconds, here.oldestSeconds);
    seen += due.length + refunds.length;
  }
  payments.seePending(pending);
  if (failures.length === 0) return seen;
  throw new AggregateError(failures, `${failures.length} payments could not be seen to`);
}

async function pursueAll(
  system: SystemDb,
  payments: PaymentGateway,
  due: Due,
  pursue: Pursue,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let i = 0; i < due.length; i += AT_ONCE)
    await Promise.all(
      due
        .slice(i, i + AT_ONCE)
        .map(({ _id, tenantId }) =>
          pursue({ db: system.forTenant(tenantId), payments }, _id).catch((error) => failures.push(error)),
        ),
    );
  return failures;
}
