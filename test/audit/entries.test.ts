import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { recordChange } from '../../src/domains/audit/entries.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { SIGN_IN, signUp } from '../auth/requests.ts';
import { startTestApp, testApp } from '../support/app.ts';
import { ask, openShop, type Shop, variantDraft } from '../support/shop.ts';
import { changesOf, type LogEntry, readLog } from './read-log.ts';

const errorsOf = 'userErrors { code message path }';

/** Sends a mutation and answers what it answered, whatever it is. */
async function change(
  shop: Shop,
  name: string,
  input: object,
  headers?: Record<string, string>,
  wanted = '',
) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { payload: ${name}(input: $input) { ${wanted} ${errorsOf} } }`;
  const answer = await shop.request(
    query,
    { input },
    { ...(headers ?? (await shop.staff())), 'x-request-id': 'request-1' },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.payload;
}

async function done(...args: Parameters<typeof change>) {
  const payload = await change(...args);
  expect(payload.userErrors).toEqual([]);
  return payload;
}

/** Of one kind of record, oldest first. */
const logOf = async (shop: Shop, recordType: string): Promise<LogEntry[]> =>
  (await readLog(shop, { recordType })).toReversed();

const summary = ({ action, actor, recordId }: LogEntry) => ({ action, actor, recordId });

describe('it is written down who changed what', () => {
  it('of products, with their prices, texts and variants', async () => {
    const shop = await openShop();
    const headers = await shop.staff('catalogue:write');
    const { product } = await done(
      shop,
      'productCreate',
      { sku: 'MUG', name: 'Mug', pricing: { basePrice: '10.00' }, variants: [{ sku: 'MUG-1', quantity: 3 }] },
      headers,
      'product { id }',
    );
    const { id } = product;
    await done(
      shop,
      'productUpdate',
      { id, pricing: { basePrice: '12.50' }, seo: { title: 'Mugs' }, tags: ['new'] },
      headers,
    );
    await done(
      shop,
      'productVariantsUpsert',
      {
        productId: id,
        variants: [
          { sku: 'MUG-1', quantity: 7 },
          { sku: 'MUG-2', quantity: 1 },
        ],
      },
      headers,
    );
    await done(shop, 'productVariantDelete', { productId: id, sku: 'MUG-2' }, headers);
    await done(shop, 'productDelete', { id }, headers);
    await done(shop, 'productRestore', { id }, headers);

    const [made, updated, varied, cut, deleted, restored, ...more] = await logOf(shop, 'product');
    expect(more).toEqual([]);
    const actor = expect.stringMatching(/^apiKey:[0-9a-f]{24}$/);
    expect(summary(made as LogEntry)).toEqual({ action: 'INSERT', actor, recordId: id });
    expect(changesOf(made as LogEntry)).toEqual(expect.arrayContaining(['name: – → "Mug"', 'tags: – → []']));
    expect(made).toMatchObject({
      requestId: 'request-1',
      ip: expect.stringContaining('127.0.0.1'),
      userAgent: 'node',
    });
    expect(changesOf(updated as LogEntry)).toEqual([
      'tags: [] → ["new"]',
      'seo.title: null → "Mugs"',
      'pricing.basePrice: 1000 → 1250',
    ]);
    expect(changesOf(varied as LogEntry)).toEqual([
      expect.stringMatching(/^variants.MUG-2: – → \{"sku":"MUG-2",.*"_id":"[0-9a-f]{24}"/),
      'variants.MUG-1.inventory.quantity: 3 → 7',
      'variants.MUG-1.inventory.available: 3 → 7',
    ]);
    expect(cut?.changes).toMatchObject([{ path: 'variants.MUG-2', after: null }]);
    expect(deleted).toMatchObject({
      action: 'DELETE',
      changes: [{ path: 'isDeleted', before: 'false', after: 'true' }, {}],
    });
    expect(restored).toMatchObject({ action: 'UPDATE' });
    expect(changesOf(restored as LogEntry)[0]).toBe('isDeleted: true → false');
  });

  it('of categories', async () => {
    const shop = await openShop();
    const { category } = await done(shop, 'categoryCreate', { name: 'Cups' }, undefined, 'category { id }');
    await done(shop, 'categoryUpdate', { id: category.id, name: 'Mugs' });
    await done(shop, 'categoryDelete', { id: category.id });
    const entries = await logOf(shop, 'category');
    expect(entries.map(({ action, recordId }) => `${action} ${recordId === category.id}`)).toEqual([
      'INSERT true',
      'UPDATE true',
      'DELETE true',
    ]);
    expect(changesOf(entries[1] as LogEntry)).toEqual(
      expect.arrayContaining(['name: "Cups" → "Mugs"', 'path: ["Cups"] → ["Mugs"]']),
    );
  });

  it('of stock', async () => {
    const shop = await openShop();
    const { variants } = await shop.product({ variants: [variantDraft({ sku: 'MUG-1', quantity: 10 })] });
    await done(shop, 'inventoryAdjust', { sku: 'MUG-1', delta: -3, reason: 'damage' });
    const [entry] = await readLog(shop, { recordType: 'inventory', recordId: `${variants[0]?._id}` });
    expect(changesOf(entry as LogEntry)).toEqual(['quantity: 10 → 7', 'available: 10 → 7']);
  });

  it('of reviews, by the person who wrote it and the staff that showed it', async () => {
    const shop = await openShop();
    const { _id } = await shop.product();
    const writer = await shop.person();
    const input = { productId: `${_id}`, rating: 4, comment: 'Good' };
    const { review } = await done(shop, 'reviewSubmit', input, writer.headers, 'review { id }');
    await done(shop, 'reviewModerate', { id: review.id, status: 'APPROVED' });
    await done(shop, 'reviewSubmit', { ...input, rating: 2 }, writer.headers);
    const [made, shown, again] = await logOf(shop, 'review');
    const wrote = { actor: `user:${writer.user._id}`, recordId: review.id };
    expect(summary(made as LogEntry)).toEqual({ action: 'INSERT', ...wrote });
    expect(changesOf(shown as LogEntry)).toEqual(['status: "PENDING" → "APPROVED"']);
    expect(summary(again as LogEntry)).toEqual({ action: 'UPDATE', ...wrote });
    expect(changesOf(again as LogEntry)).toEqual(
      expect.arrayContaining(['rating: 4 → 2', 'status: "APPROVED" → "PENDING"']),
    );
  });

  it('of people, and never a password or its hash', async () => {
    const shop = await openShop();
    const password = 'correct horse battery';
    const { user, headers } = await signUp(shop);
    await shop.request(SIGN_IN, { input: { email: user.email, password } });
    await done(shop, 'profileUpdate', { name: 'Kim' }, headers);
    await done(
      shop,
      'passwordChange',
      { currentPassword: password, newPassword: 'another fine password' },
      headers,
    );
    const owner = await shop.person('OWNER');
    await done(shop, 'userRolesSet', { userId: user.id, roles: ['SUPPORT'] }, owner.headers);

    const entries = await readLog(shop, { recordType: 'user', recordId: user.id });
    const lines = entries.toReversed().map((entry) => changesOf(entry).join(', '));
    expect(entries.at(-1)?.action).toBe('INSERT');
    expect(lines[1]).toMatch(/^lastLogin: /);
    expect(lines[2]).toBe('profile.name: null → "Kim"');
    expect(lines[3]).toMatch(/^passwordSetAt: "2/);
    expect(lines[4]).toBe('roles: ["CUSTOMER"] → ["SUPPORT"]');
    expect(entries[0]?.actor).toBe(`user:${owner.user._id}`);
    expect(JSON.stringify(entries)).not.toMatch(/argon2|battery|another fine/);
  });

  it('of keys, and never their hash', async () => {
    const shop = await openShop();
    const owner = await shop.person('OWNER');
    const asked = { name: 'Importer', scopes: ['catalogue:write'] };
    const { apiKey } = await done(shop, 'apiKeyCreate', asked, owner.headers, 'apiKey { id }');
    await done(shop, 'apiKeyRevoke', { id: apiKey.id }, owner.headers);
    const [revoked, made] = await readLog(shop, { recordType: 'apiKey', recordId: apiKey.id });
    expect(changesOf(made as LogEntry)).toEqual(
      expect.arrayContaining(['name: – → "Importer"', 'hash: – → "[redacted]"']),
    );
    expect(changesOf(revoked as LogEntry)).toEqual([expect.stringMatching(/^revokedAt: null → "2/)]);
  });

  it('of the shop itself, by the operator', async () => {
    const operatorKey = 'an operator key of 32 characters';
    const app = await startTestApp({ OPERATOR_KEY: operatorKey });
    const shop = await openShop({ app });
    await done(
      shop,
      'tenantUpdate',
      { id: `${shop.tenant._id}`, plan: 'ENTERPRISE' },
      { 'x-operator-key': operatorKey },
    );
    const [made, updated] = await logOf(shop, 'tenant');
    expect(made).toMatchObject({ action: 'INSERT', actor: null });
    expect(updated).toMatchObject({ action: 'UPDATE', actor: 'operator' });
    expect(changesOf(updated as LogEntry)).toEqual(['plan: "PRO" → "ENTERPRISE"']);
  });
});

describe('an entry', () => {
  it('is there if and only if its change is', async () => {
    const shop = await openShop();
    const made = await done(
      shop,
      'productCreate',
      { sku: 'MUG', name: 'Mug', pricing: { basePrice: '10' } },
      undefined,
      'product { id version }',
    );
    const { id, version } = made.product;
    const refused = [
      await change(shop, 'productUpdate', { id, name: 'Cup', expectedVersion: version + 1 }),
      await change(shop, 'productCreate', { sku: 'MUG', name: 'Mug', pricing: { basePrice: '10' } }),
      await change(shop, 'inventoryAdjust', { sku: 'NO', delta: 1, reason: 'count' }),
    ];
    expect(refused.map(({ userErrors }) => userErrors.length)).toEqual([1, 1, 1]);
    expect(
      (await readLog(shop)).filter(({ recordType }) => recordType !== 'apiKey' && recordType !== 'tenant'),
    ).toHaveLength(1);

    const failing = shop.db.transaction(async (tx) => {
      await tx.collection(products).updateOne({ sku: 'MUG' }, { $set: { name: 'Cup' } });
      await recordChange(tx, { type: 'product', id, before: { name: 'Mug' }, after: { name: 'Cup' } });
      expect(await tx.collection(auditMonth(tx.now())).find({ 'record.id': id }, { limit: 9 })).toHaveLength(
        2,
      );
      throw new Error('after all not');
    });
    await expect(failing).rejects.toThrow('after all not');
    expect(await readLog(shop, { recordId: id })).toHaveLength(1);
  });

  it('is written once, however often a call is repeated', async () => {
    const shop = await openShop();
    const headers = await shop.staff();
    const input = { sku: 'MUG', name: 'Mug', pricing: { basePrice: '10' }, idempotencyKey: 'once' };
    const calls = await Promise.all(
      [1, 2, 3].map(() => change(shop, 'productCreate', input, headers, 'product { id }')),
    );
    expect(new Set(calls.map(({ product }) => product.id)).size).toBe(1);
    expect(await readLog(shop, { recordType: 'product' })).toHaveLength(1);
  });

  it('is not written where nothing changed', async () => {
    const shop = await openShop();
    const record = { name: 'Mug', version: 1, updatedAt: new Date(0) };
    const after = { ...record, version: 2, updatedAt: new Date() };
    await shop.db.transaction((tx) => recordChange(tx, { type: 'product', id: 'x', before: record, after }));
    expect(await readLog(shop, { recordId: 'x' })).toEqual([]);
  });

  it('stays small, whatever changed, and says what it leaves out', async () => {
    const shop = await openShop();
    const variants = (quantity: number) =>
      Array.from({ length: 2_048 }, (_, place) => ({
        _id: ObjectId.createFromTime(place),
        sku: `SKU-${place}`,
        quantity,
      }));
    const before = { variants: variants(1), description: 'x'.repeat(100_000), status: 'DRAFT' };
    const after = { variants: variants(2), description: 'y'.repeat(100_000), status: 'ACTIVE' };
    await shop.db.transaction(async (tx) => {
      await recordChange(tx, { type: 'product', id: 'big', before, after });
      await recordChange(tx, { type: 'product', id: 'big', before: null, after });
    });

    const [inserted, updated] = await readLog(shop, { recordId: 'big' });
    expect(updated?.changes[0]).toMatchObject({
      path: 'description',
      isCut: true,
      before: expect.stringMatching(/^"x{2000}… \[cut: 100000 characters\]"$/),
    });
    expect(updated?.changes[1]).toEqual({
      path: 'status',
      before: '"DRAFT"',
      after: '"ACTIVE"',
      isCut: false,
    });
    expect((updated?.changes.length ?? 0) + (updated?.changesOmitted ?? 0)).toBe(2_050);
    expect(updated?.changes.length).toBeLessThan(2_050);
    const list = inserted?.changes.find(({ path }) => path === 'variants');
    expect(list).toMatchObject({ isCut: true, after: expect.stringMatching(/"\[cut: \d+ more\]"\]$/) });
    for (const entry of [inserted, updated]) expect(JSON.stringify(entry).length).toBeLessThan(200_000);
  });

  it('of one shop is not seen by another', async () => {
    const [shop, other] = [await openShop(), await openShop()];
    await done(shop, 'productCreate', { sku: 'MUG', name: 'Mug', pricing: { basePrice: '10' } });
    const [entry] = await readLog(shop, { recordType: 'product' });
    expect(await readLog(other, { recordId: entry?.recordId })).toEqual([]);
    const seen = await readLog(other);
    expect(seen.map(({ recordType }) => recordType).sort()).toEqual([
      ...Array(seen.length - 1).fill('apiKey'),
      'tenant',
    ]);
    expect(seen.map(({ id }) => id)).not.toContain(entry?.id);
  });
});

it('is for those who may read it', async () => {
  const shop = await openShop();
  const query = '{ auditLog { nodes { id } } }';
  const codeOf = async (headers?: Record<string, string>) =>
    (await shop.request(query, {}, headers)).errors?.[0]?.extensions.code;
  expect(await codeOf()).toBe('FORBIDDEN');
  expect(await codeOf(await shop.staff('catalogue:write', 'users:write'))).toBe('FORBIDDEN');
  for (const role of ['CUSTOMER', 'SUPPORT', 'CATALOGUE'] as const)
    expect(await codeOf((await shop.person(role)).headers)).toBe('FORBIDDEN');
  for (const role of ['OWNER', 'MANAGER'] as const)
    expect(await codeOf((await shop.person(role)).headers)).toBeUndefined();
  const { url } = await testApp();
  expect(
    (await ask(url, { query }, { 'x-tenant': shop.tenant.subdomain })).data?.auditLog ?? null,
  ).toBeNull();
});
