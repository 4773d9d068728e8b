import { invalid, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ShopUpdateInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { originsOf } from './allowed-origins.ts';
import { type Tenant, type TenantSettings, tenants } from './collections.ts';
import { shippingOf } from './shipping-methods.ts';
import { pageOf, readName } from './tenant-rules.ts';

const MOST_PIECES = 1_000_000;
const DAYS_30 = 30 * 24 * 60;
/** Less, and somebody who confirms a payment at their bank comes back too late. */
const LEAST_MINUTES = 5;
/** A younger order may still come back, or its money; figures of so many months need no look into the archive. */
export const LEAST_ARCHIVE_MONTHS = 6;
const MOST_ARCHIVE_MONTHS = 240;

/** As it is now, not as it was remembered: whoever changes settings has to see what they change. */
export async function readShop(db: TenantDb): Promise<Tenant> {
  const shop = await db.ownRecord(tenants).find();
  if (!shop) throw new Error(`There is no record of the tenant ${db.tenantId}`);
  return shop;
}

/** What the shop's own staff may change of it; what is absent stays as it is. */
export async function updateShop(tx: TenantDb, input: ShopUpdateInput): Promise<{ settings: Tenant }> {
  const before = await readShop(tx);
  if (input.expectedVersion != null && input.expectedVersion !== before.version)
    throw versionConflict(before.version);
  const after: Tenant = {
    ...before,
    name: input.name == null ? before.name : readName(input.name),
    settings: changedSettings(before.settings, input),
    version: before.version + 1,
    updatedAt: tx.now(),
  };
  await tx.ownRecord(tenants).replace(after);
  await recordChange(tx, { type: 'tenant', id: before._id, before, after });
  return { settings: after };
}

function changedSettings(before: TenantSettings, input: ShopUpdateInput): TenantSettings {
  const { lowStockThreshold, unpaidOrderMinutes, archiveOrdersAfterMonths, passwordPage } = before;
  const { allowedOrigins, tax, shipping } = before;
  return {
    currency: before.currency,
    locale: input.locale ?? before.locale,
    storefront: input.storefront ?? before.storefront,
    ...given(input.lowStockThreshold, { lowStockThreshold }, (pieces) => ({
      lowStockThreshold: readWhole(pieces, 0, MOST_PIECES, 'lowStockThreshold'),
    })),
    ...given(input.unpaidOrderMinutes, { unpaidOrderMinutes }, (minutes) => ({
      unpaidOrderMinutes: readWhole(minutes, LEAST_MINUTES, DAYS_30, 'unpaidOrderMinutes'),
    })),
    ...given(input.archiveOrdersAfterMonths, { archiveOrdersAfterMonths }, (months) => ({
      archiveOrdersAfterMonths: readWhole(
        months,
        LEAST_ARCHIVE_MONTHS,
        MOST_ARCHIVE_MONTHS,
        'archiveOrdersAfterMonths',
      ),
    })),
    ...given(input.taxIncluded, { tax }, (included) => ({ tax: { included } })),
    ...given(input.passwordPage, { passwordPage }, pageOf),
    ...given(input.allowedOrigins, { allowedOrigins }, originsOf),
    ...given(input.shippingMethods, { shipping }, (methods) => shippingOf(methods, before.currency)),
  };
}

type Part = { [name in keyof TenantSettings]?: TenantSettings[name] | undefined };

/** Absent leaves a setting as it is; null gives back what holds where a shop says nothing. */
function given<V, S extends Part>(
  value: V | null | undefined,
  before: Part,
  read: (value: V) => S,
): Partial<TenantSettings> {
  const part: Part = value === undefined ? before : value === null ? {} : read(value);
  return Object.fromEntries(Object.entries(part).filter(([, setting]) => setting !== undefined));
}

function readWhole(value: number, least: number, most: number, name: string): number {
  if (value >= least && value <= most) return value;
  throw invalid(`This is a number from ${least} to ${most}, not ${value}`, 'input', name);
}
