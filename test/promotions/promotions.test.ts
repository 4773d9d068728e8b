import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { promotions } from '../../src/domains/promotions/collections.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { commandsOf } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';

const FIELDS = `id code description type value currency startsAt endsAt usageLimit usedCount perCustomerLimit
  minimumTotal { amount currency } productIds categoryIds tags combinable isActive version`;
const ERRORS =
  'userErrors { __typename code message path ... on DuplicateError { existingId } ... on IllegalStateError { state } }';
const CREATE = `mutation ($input: PromotionCreateInput!) {
  promotionCreate(input: $input) { promotion { ${FIELDS} } ${ERRORS} } }`;
const UPDATE = `mutation ($input: PromotionUpdateInput!) {
  promotionUpdate(input: $input) { promotion { ${FIELDS} } ${ERRORS} } }`;
const DELETE = `mutation ($input: PromotionDeleteInput!) {
  promotionDelete(input: $input) { promotion { id } ${ERRORS} } }`;
const FIND = `query ($id: ID, $code: String) { promotion(id: $id, code: $code) { id usedCount } }`;
const LIST = `query ($first: Int, $after: String) { promotions(first: $first, after: $after) {
  nodes { code usedCount } totalCount pageInfo { hasNextPage endCursor } } }`;

async function openStaffed() {
  const shop = await openShop();
  const headers = await shop.staff('promotions:write');
  const ask = async (query: string, input: object) => {
    const answer = await shop.request(query, { input }, headers);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return Object.values(answer.data)[0] as Awaited<ReturnType<Shop['request']>>['data'];
  };
  return { shop, headers, ask };
}

const percent = (code: string, more: object = {}) => ({ code, type: 'PERCENTAGE', value: '15.5', ...more });

it('makes a code with all that limits it', async () => {
  const { shop, ask } = await openStaffed();
  const lamps = await shop.category('Lamps');
  const product = await shop.product();
  const input = {
    code: ' Summer15 ',
    description: 'Summer sale',
    type: 'FIXED_AMOUNT',
    value: '5.00',
    startsAt: '2026-06-01T00:00:00.000Z',
    endsAt: '2026-09-01T00:00:00.000Z',
    usageLimit: 100,
    perCustomerLimit: 1,
    minimumTotal: '20.00',
    productIds: [product._id.toHexString()],
    categoryIds: [lamps._id.toHexString()],
    tags: ['sale', ' sale', 'summer'],
    combinable: true,
  };
  const { promotion, userErrors } = await ask(CREATE, input);
  expect(userErrors).toEqual([]);
  expect(promotion).toEqual({
    ...input,
    id: expect.any(String),
    code: 'Summer15',
    currency: 'USD',
    tags: ['sale', 'summer'],
    minimumTotal: { amount: '20.00', currency: 'USD' },
    isActive: true,
    usedCount: 0,
    version: 1,
  });
});

it('has a code once, in whatever case, until it is deleted', async () => {
  const { ask } = await openStaffed();
  const { promotion: first } = await ask(CREATE, percent('Hello'));
  const again = await ask(CREATE, percent('hELLO'));
  expect(again).toMatchObject({
    promotion: null,
    userErrors: [{ code: 'DUPLICATE', path: ['input', 'code'], existingId: first.id }],
  });
  await ask(DELETE, { id: first.id });
  expect((await ask(CREATE, percent('HELLO'))).userErrors).toEqual([]);
});

it('is found by id and by code, and listed newest first', async () => {
  const { shop, headers, ask } = await openStaffed();
  const made: string[] = [];
  for (const code of ['ONE', 'TWO', 'THREE']) made.push((await ask(CREATE, percent(code))).promotion.id);
  const found = await shop.request(FIND, { code: ' two ' }, headers);
  expect(found.data.promotion.id).toBe(made[1]);
  expect((await shop.request(FIND, { id: made[2] }, headers)).data.promotion.id).toBe(made[2]);
  expect((await shop.request(FIND, { code: 'FOUR' }, headers)).data.promotion).toBeNull();
  expect((await shop.request(FIND, {}, headers)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const page = (await shop.request(LIST, { first: 2 }, headers)).data.promotions;
  expect(page).toMatchObject({ nodes: [{ code: 'THREE' }, { code: 'TWO' }], totalCount: 3 });
  const next = await shop.request(LIST, { first: 2, after: page.pageInfo.endCursor }, headers);
  expect(next.data.promotions.nodes).toMatchObject([{ code: 'ONE' }]);
});

it('lists a page in two commands, however many codes are on it', async () => {
  const { shop, headers, ask } = await openStaffed();
  for (const code of ['A', 'B', 'C']) await ask(CREATE, percent(code));
  const query = '{ promotions { nodes { code usedCount } } }';
  await shop.request(query, {}, headers);
  const sent = await commandsOf(() => shop.request(query, {}, headers));
  expect(sent.map(({ name }) => name)).toEqual(['find', 'aggregate']);
});

it('changes what is stated alone, for the version that it was decided on', async () => {
  const { shop, ask } = await openStaffed();
  const { promotion } = await ask(
    CREATE,
    percent('SPRING', { perCustomerLimit: 2, endsAt: '2030-01-01T00:00:00.000Z' }),
  );
  const changed = await ask(UPDATE, { id: promotion.id, perCustomerLimit: null, expectedVersion: 1 });
  expect(changed.promotion).toEqual({ ...promotion, perCustomerLimit: null, version: 2 });
  const late = await ask(UPDATE, { id: promotion.id, isActive: false, expectedVersion: 1 });
  expect(late.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const other = await ask(UPDATE, { id: promotion.id, type: 'FREE_SHIPPING' });
  expect(other.promotion).toMatchObject({ type: 'FREE_SHIPPING', value: '0.00' });
  const events = await shop.db.collection(outbox).find({ type: 'promotion.changed' }, { limit: 9 });
  expect(events.map(({ data }) => data.operation)).toEqual(['CREATED', 'UPDATED', 'UPDATED']);
});

it('tells the audit who changed what', async () => {
  const { shop, ask } = await openStaffed();
  const { promotion } = await ask(CREATE, percent('SPRING'));
  await ask(UPDATE, { id: promotion.id, isActive: false });
  const query = `query ($filter: AuditFilter) { auditLog(filter: $filter) { nodes { action changes { path before after } } } }`;
  const { data, errors } = await shop.request(
    query,
    { filter: { recordId: promotion.id } },
    await shop.staff('audit:read'),
  );
  expect(errors).toBeUndefined();
  expect(data.auditLog.nodes[0]).toEqual({
    action: 'UPDATE',
    changes: [{ path: 'isActive', before: 'true', after: 'false' }],
  });
});

it('leaves the count of uses alone when the staff changes a code while it is used', async () => {
  const { shop, ask } = await openStaffed();
  const { promotion } = await ask(CREATE, percent('BUSY', { usageLimit: 100 }));
  await shop.db.collection(promotions).updateOne({ codeKey: 'BUSY' }, { $inc: { usedCount: 7 } });
  const changed = await ask(UPDATE, { id: promotion.id, usageLimit: 50, expectedVersion: 1 });
  expect(changed.promotion).toMatchObject({ usedCount: 7, usageLimit: 50 });
});

it('gives no limit to a code whose uses were not counted', async () => {
  const { ask } = await openStaffed();
  const { promotion } = await ask(CREATE, percent('OPEN'));
  const refused = await ask(UPDATE, { id: promotion.id, usageLimit: 10 });
  expect(refused.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', state: 'NOT_COUNTED' }]);
  const { promotion: limited } = await ask(CREATE, percent('LIMITED', { usageLimit: 10 }));
  const freed = await ask(UPDATE, { id: limited.id, usageLimit: null });
  expect(freed.promotion.usageLimit).toBeNull();
  expect((await ask(UPDATE, { id: limited.id, usageLimit: 5 })).userErrors).toEqual([]);
});

const nobody = new ObjectId().toHexString();

it.each([
  ['no code', { code: ' ' }, ['code']],
  ['a code with a space inside', { code: 'TWO WORDS' }, ['code']],
  ['more than all of it', { value: '100.01' }, ['value']],
  ['nothing', { value: '0' }, ['value']],
  ['no value', { value: null }, ['value']],
  ['a value of free shipping', { type: 'FREE_SHIPPING' }, ['value']],
  ['too many decimals', { type: 'FIXED_AMOUNT', value: '1.005' }, ['value']],
  ['a minimum below zero', { minimumTotal: '-1' }, ['minimumTotal']],
  ['a limit of none', { usageLimit: 0 }, ['usageLimit']],
  ['a limit per customer beyond all use', { perCustomerLimit: 1_001 }, ['perCustomerLimit']],
  [
    'an end before the start',
    { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' },
    ['endsAt'],
  ],
  ['a product that is not there', { productIds: [nobody] }, ['productIds', '0']],
  ['a category that is not there', { categoryIds: ['x'] }, ['categoryIds', '0']],
])('refuses %s', async (_, more, path) => {
  const { ask } = await openStaffed();
  const answer = await ask(CREATE, percent('X', more));
  expect(answer).toMatchObject({ promotion: null, userErrors: [{ path: ['input', ...path] }] });
});

it('is made once for one key', async () => {
  const { shop, ask } = await openStaffed();
  const input = percent('ONCE', { idempotencyKey: 'k' });
  const [first, second] = [await ask(CREATE, input), await ask(CREATE, input)];
  expect(second).toEqual(first);
  expect(await shop.db.collection(promotions).count({}, { limit: 9 })).toBe(1);
});

it('is for the staff who may: others see and change nothing', async () => {
  const { shop, ask } = await openStaffed();
  const { promotion } = await ask(CREATE, percent('SECRET'));
  const reader = await shop.staff('promotions:read');
  expect((await shop.request(FIND, { code: 'SECRET' }, reader)).data.promotion.id).toBe(promotion.id);
  const denied = [
    await shop.request(FIND, { code: 'SECRET' }),
    await shop.request(LIST, {}, (await shop.person()).headers),
    await shop.request(DELETE, { input: { id: promotion.id } }, reader),
  ];
  expect(denied.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
  ]);
});

it('is of one shop: another has the same code of its own, and does not see this one', async () => {
  const [here, there] = [await openStaffed(), await openStaffed()];
  const { promotion } = await here.ask(CREATE, percent('SAME'));
  expect((await there.ask(DELETE, { id: promotion.id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await there.shop.request(FIND, { code: 'SAME' }, there.headers)).data.promotion).toBeNull();
  expect((await there.ask(CREATE, percent('SAME'))).userErrors).toEqual([]);
});
