import type { Tenant } from '../../src/domains/tenants/collections.ts';
import { createTenant, listTenants } from '../../src/domains/tenants/tenants.ts';
import type { Database } from '../../src/platform/mongo/client.ts';
import { closest } from './closest.ts';
import { UsageError } from './usage-error.ts';

/** `create` is left out where a script does not offer it. */
type TenantChoice = { subdomain: string; create?: boolean; currency?: string | undefined };

/** The shop that a script works on; one that is not there is made only where that was asked for. */
export async function openTenant(
  database: Database,
  { subdomain, create, currency = 'USD' }: TenantChoice,
): Promise<Tenant> {
  const system = database.systemDb('find the shop of a script');
  const all = await listTenants(system);
  const found = all.find((tenant) => tenant.subdomain === subdomain);
  if (found?.isActive) return found;
  if (found) throw new UsageError(`The shop "${subdomain}" is closed`);
  if (create)
    return createTenant(system, { name: subdomain, subdomain, plan: 'PRO', currency, locale: 'en-US' });
  const known = all.map((tenant) => tenant.subdomain);
  throw new UsageError(unknown(subdomain, known) + (create === undefined ? '' : ' --create-tenant makes it'));
}

function unknown(subdomain: string, known: string[]): string {
  const meant = closest(subdomain, known);
  const hint = meant ? `Did you mean "${meant}"?` : `There are: ${known.join(', ') || 'none yet'}.`;
  return `There is no shop "${subdomain}". ${hint}`;
}
