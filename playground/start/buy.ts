import type { Stock } from './shop-query.ts';

/** What the button of a product does; `variables` says it of one piece of a variant. */
const BUY = {
  mutation: `
    mutation BuyOne($sku: String!) {
      bought: inventoryReserve(input: { lines: [{ sku: $sku, quantity: 1 }] }) {
        userErrors { message }
      }
    }`,
  variables: (sku: string) => ({ sku }),
};

interface Answer {
  data?: { bought: { userErrors: { message: string }[] } | null } | null;
  errors?: { message: string }[];
}

/** Takes one piece of the first variant that is there; throws what stands in the way. */
export async function buyOne(tenant: string, apiKey: string, { variants }: Stock): Promise<void> {
  const variant = variants.find(({ inventory }) => inventory.available > 0);
  if (!variant) throw new Error('Sold out');
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': tenant, 'x-api-key': apiKey },
    body: JSON.stringify({ query: BUY.mutation, variables: BUY.variables(variant.sku) }),
  });
  const { data, errors }: Answer = await answer.json();
  const problem = errors?.[0] ?? data?.bought?.userErrors[0];
  if (problem) throw new Error(problem.message);
}
