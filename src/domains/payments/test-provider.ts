import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { PaymentProvider, ProviderNotice, RawNotice } from './provider.ts';
import {
  captureCharge,
  findCharge,
  findTestRefund,
  makeCharge,
  makeRefund,
  outcomeOf,
  voidCharge,
} from './test-charges.ts';
import { behaviourOf } from './test-tokens.ts';

export const SIGNATURE = 'x-souk-signature';
const TOLERANCE_MS = 5 * 60_000;
/** Longer than anybody waits. */
const SILENT_MS = 60_000;

/** Moves no money: what a token says happens. `confirmPage` is where a buyer confirms a charge. */
export const openTestProvider = (db: TenantDb, confirmPage: (id: string) => string): PaymentProvider => ({
  name: 'test',
  charge: async (request) => {
    const { answer } = behaviourOf(request.token);
    if (answer === 'error') throw new Error('The test provider failed, as this token asks it to');
    const charge = await makeCharge(db, request, confirmPage(request.id));
    if (answer === 'none') await sleep(SILENT_MS, undefined, { ref: false });
    if (answer) throw new Error('The answer of the test provider was lost, as this token asks it to be');
    return outcomeOf((await findCharge(db, request.id)) ?? charge);
  },
  findCharge: async (id) => {
    const charge = await findCharge(db, id);
    return charge && outcomeOf(charge);
  },
  capture: async (id, _, amount) =>
    outcomeOf(found((await captureCharge(db, id, amount)) ?? (await findCharge(db, id)))),
  voidCharge: async (id) => outcomeOf(found((await voidCharge(db, id)) ?? (await findCharge(db, id)))),
  refund: async (reference, request) => found(await makeRefund(db, reference, request)),
  findRefund: (id, reference) => findTestRefund(db, id, reference),
  readNotice: (notice) => readTestNotice(db, notice),
});

function found<T>(value: T | null): T {
  if (value === null) throw new Error('The test provider has never heard of it');
  return value;
}

/** `t=seconds,v1=hex`: of the moment and the body, with a key of this shop. */
export function signTestNotice(db: TenantDb, body: Buffer, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const signature = createHmac('sha256', noticeKey(db)).update(`${seconds}.`).update(body).digest('hex');
  return `t=${seconds},v1=${signature}`;
}

/** Every process on this database has the same, and no two shops have. */
const noticeKey = ({ cursorKey, tenantId }: TenantDb): Buffer =>
  createHmac('sha256', cursorKey).update(`notices of test payments to ${tenantId}`).digest();

async function readTestNotice(
  db: TenantDb,
  { body, headers, now }: RawNotice,
): Promise<ProviderNotice | null> {
  const given = headers[SIGNATURE] ?? '';
  const [, seconds = '0'] = /^t=(\d+),/.exec(given) ?? [];
  const at = new Date(1_000 * Number(seconds));
  const expected = signTestNotice(db, body, at);
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    throw new Error('The signature does not match');
  if (Math.abs(now.getTime() - at.getTime()) > TOLERANCE_MS) throw new Error('The signature is too old');
  const { chargeId } = JSON.parse(body.toString()) as { chargeId: string };
  const charge = await findCharge(db, chargeId);
  return charge && { kind: 'charge', chargeId, outcome: outcomeOf(charge) };
}
