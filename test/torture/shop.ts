import { randomBytes } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import { createApiKey } from '../../src/domains/auth/api-keys.ts';
import { createTenant } from '../../src/domains/tenants/tenants.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import type { Api } from './api-process.ts';
import { eventually } from './node-set.ts';
import type { World } from './world.ts';

export type Goods = { sku: string; stock: number };

/** A shop that a scenario has to itself. */
export type Shop = {
  subdomain: string;
  tenantId: ObjectId;
  apis: Api[];
  goods: Goods[];
  db: TenantDb;
};

const PRICES = ['12.00', '7.35', '3.99', '120.50', '1.01'];

/** Opened with goods and with the test provider, as by its staff. */
export async function openShop({ database, apis }: World, goods: Goods[]): Promise<Shop> {
  const subdomain = `torture-${randomBytes(5).toString('hex')}`;
  const tenant = await createTenant(database.systemDb('open a shop for torture'), {
    ...{ name: subdomain, subdomain, plan: 'ENTERPRISE', currency: 'EUR', locale: 'en-GB' },
  });
  const db = database.tenantDb(tenant._id);
  const { secret } = await createApiKey(db, {
    name: 'torture',
    scopes: ['catalogue:write', 'settings:write'],
  });
  const staff = { 'x-tenant': subdomain, 'x-api-key': secret };
  const [api] = apis;
  if (!api) throw new Error('There is no API');
  await change(api, staff, 'paymentAccountSet', { provider: 'test' });
  for (const [i, one] of goods.entries())
    await change(api, staff, 'productCreate', productOf(one, PRICES[i % PRICES.length] ?? '1.00'));
  return { subdomain, tenantId: tenant._id, apis, goods, db };
}

const productOf = ({ sku, stock }: Goods, basePrice: string) => ({
  ...{ sku: `P-${sku}`, name: `Goods ${sku}`, status: 'ACTIVE', pricing: { basePrice, taxRate: 0.19 } },
  variants: [{ sku, quantity: stock }],
});

type Reply = { data?: Record<string, { userErrors: unknown[] }>; errors?: unknown[] };

/** A process that has just been restarted may not know the shop's database yet. */
const change = ({ url }: Api, headers: Record<string, string>, name: string, input: object) =>
  eventually(`${name} to be answered`, async () => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { message } } }`,
        variables: { input },
      }),
    });
    const { data, errors } = (await response.json()) as Reply;
    const refused = data?.[name]?.userErrors ?? [];
    if (refused.length > 0) throw new Error(`${name}: ${JSON.stringify(refused)}`);
    if (errors && response.status !== 503) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return errors ? null : true;
  });
