import type { Database } from '../../platform/mongo/client.ts';
import type { Tenant } from '../tenants/collections.ts';
import { listTenants } from '../tenants/tenants.ts';
import { checkData } from './check-data.ts';
import type { CheckName, Difference } from './product-checks.ts';

/** What differs in all shops together, by kind. */
export type DataCheck = {
  at: Date;
  shops: number;
  products: number;
  differences: Partial<Record<CheckName, number>>;
};

type Looking = {
  /** Before each shop. */
  renew?: () => Promise<void>;
  onDifference?: (difference: Difference, shop: Tenant) => void;
};

/** Looks at every shop, and sets nothing right: that is for a person to begin. */
export async function checkAllShops(
  database: Database,
  { renew, onDifference }: Looking = {},
): Promise<DataCheck> {
  const system = database.systemDb('check the data of shops');
  const found: DataCheck = { at: system.now(), shops: 0, products: 0, differences: {} };
  for (const shop of await listTenants(system)) {
    await renew?.();
    const { products } = await checkData(database.tenantDb(shop._id), {
      repair: false,
      onDifference: (difference) => {
        const { check } = difference;
        found.differences[check] = (found.differences[check] ?? 0) + 1;
        onDifference?.(difference, shop);
      },
    });
    found.products += products;
    found.shops += 1;
  }
  return found;
}
