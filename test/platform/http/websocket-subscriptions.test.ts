import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../support/app.ts';
import { liveClient } from '../../support/live.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const PRODUCTS = `subscription Products($ids: [ID!], $categoryId: ID, $after: String) {
  productChanged(ids: $ids, categoryId: $categoryId, after: $after) {
    operation id version resumeToken product { name status }
  }
}`;
const STOCK = `subscription Stock($skus: [String!]!, $after: String) {
  inventoryChanged(skus: $skus, after: $after) {
    sku productId resumeToken inventory { available } variant { sku } product { name }
  }
}`;
const RENAME = `mutation ($id: ID!, $name: String!) {
  productUpdate(input: { id: $id, name: $name }) { product { version } userErrors { message } }
}`;
const RESERVE = `mutation ($lines: [ReserveLineInput!]!) {
  inventoryReserve(input: { lines: $lines }) { reservation { id } userErrors { message } }
}`;

let shop: Shop;
let staff: Record<string, string>;
let url: string;

beforeAll(async () => {
  ({ url } = await testApp());
  shop = await openShop();
  staff = await shop.staff();
});

const paramsOf = (of: Shop, headers: Record<string, string> = {}) => ({
  'x-tenant': of.tenant.subdomain,
  ...headers,
});

describe('productChanged', () => {
  it('tells of a change once it is committed, with the product as it is now', async () => {
    const product = await shop.product();
    const client = liveClient(url, { params: paramsOf(shop) });
    const after = await client.resumeToken();
    const listening = client.listen(PRODUCTS, { after });
    const { data, errors } = await shop.request(RENAME, { id: product._id, name: 'Renamed' }, staff);
    expect(errors).toBeUndefined();
    expect(data.productUpdate.userErrors).toEqual([]);
    const [told] = await listening.count(1);
    expect(told).toEqual({
      data: {
        productChanged: {
          operation: 'UPDATED',
          id: product._id.toHexString(),
          version: 2,
          resumeToken: expect.any(String),
          product: { name: 'Renamed', status: 'ACTIVE' },
        },
      },
    });
  });
});

describe('inventoryChanged', () => {
  it('tells of what is reserved', async () => {
    const product = await shop.product({ sku: 'LAMP' });
    const client = liveClient(url, { params: paramsOf(shop) });
    const after = await client.resumeToken();
    const listening = client.listen(STOCK, { skus: ['LAMP-1', 'OTHER'], after });
    const { data } = await shop.request(RESERVE, { lines: [{ sku: 'LAMP-1', quantity: 3 }] }, staff);
    expect(data.inventoryReserve.userErrors).toEqual([]);
    const [told] = await listening.count(1);
    expect(told?.data.inventoryChanged).toEqual({
      sku: 'LAMP-1',
      productId: product._id.toHexString(),
      resumeToken: expect.any(String),
      inventory: { available: 7 },
      variant: { sku: 'LAMP-1' },
      product: { name: product.name },
    });
  });
});
