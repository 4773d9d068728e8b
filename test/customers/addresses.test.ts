import { beforeAll, expect, it } from 'vitest';
import { addressBooks } from '../../src/domains/customers/collections.ts';
import { openShop, type Shop } from '../support/shop.ts';

const BOOK = 'address { id isDefault } addresses { id isDefault address { name line1 country } }';
const change = (name: string, type: string) =>
  `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${BOOK} userErrors { code path } } }`;
const ADD = change('addressAdd', 'AddressAddInput');
const UPDATE = change('addressUpdate', 'AddressUpdateInput');
const REMOVE = change('addressRemove', 'AddressRemoveInput');
const SET_DEFAULT = change('addressSetDefault', 'AddressSetDefaultInput');
const MINE = '{ me { addresses { id isDefault address { name line1 country } } } }';
const address = (line1: string) => ({ name: 'Ada', line1, city: 'Bath', country: 'gb' });

type Kept = { id: string; isDefault: boolean; address: { line1: string } };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});

async function someone() {
  const { user, headers } = await shop.person();
  const ask = async (query: string, input: object) =>
    (await shop.request(query, { input }, headers)).data.payload;
  return {
    ...{ user, headers, ask },
    add: (line1: string, more = {}) => ask(ADD, { address: address(line1), ...more }),
    mine: async () => (await shop.request(MINE, {}, headers)).data.me.addresses as Kept[],
  };
}

const shown = (kept: Kept[]) =>
  kept.map(({ address: { line1 }, isDefault }) => (isDefault ? `*${line1}` : line1));

it('keeps addresses in order, the first one as the default until another is', async () => {
  const { add, ask, mine } = await someone();
  const { address: first } = await add('1 Hill Road');
  expect(first.isDefault).toBe(true);
  await add('2 Hill Road');
  const third = await add('3 Hill Road', { isDefault: true });
  expect(shown(third.addresses)).toEqual(['1 Hill Road', '2 Hill Road', '*3 Hill Road']);
  await ask(SET_DEFAULT, { id: first.id });
  await ask(UPDATE, { id: third.address.id, address: address('4 Hill Road') });
  expect(shown(await mine())).toEqual(['*1 Hill Road', '2 Hill Road', '4 Hill Road']);
  const { address: gone, addresses } = await ask(REMOVE, { id: first.id });
  expect([gone.id, ...shown(addresses)]).toEqual([first.id, '*2 Hill Road', '4 Hill Road']);
  expect((await mine())[0]?.address).toEqual({ name: 'Ada', line1: '2 Hill Road', country: 'GB' });
});

it('loses none of several that are added at once, and has one default', async () => {
  const { add, mine } = await someone();
  const lines = Array.from({ length: 8 }, (_, i) => `${i} Mill Lane`);
  await Promise.all(lines.map((line) => add(line, { isDefault: true })));
  const kept = await mine();
  expect(kept.map(({ address: { line1 } }) => line1).sort()).toEqual(lines);
  expect(kept.filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

it('keeps fifty and no more', async () => {
  const { user, add, mine } = await someone();
  await add('0 Mill Lane');
  const [book] = await shop.db.collection(addressBooks).find({ userId: user._id }, { limit: 1 });
  const entries = Array.from({ length: 50 }, () => book?.entries[0]);
  await shop.db.collection(addressBooks).updateOne({ userId: user._id }, { $set: { entries } as object });
  expect((await add('51 Mill Lane')).userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
  expect(await mine()).toHaveLength(50);
});

it('says what is wrong with an address, and knows nobody else’s', async () => {
  const { ask } = await someone();
  const wrong = await ask(ADD, { address: { ...address('1 Hill Road'), country: 'UK' } });
  expect(wrong.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'address', 'country'] }]);
  const { address: foreign } = await (await someone()).add('1 Hill Road');
  for (const query of [REMOVE, SET_DEFAULT]) {
    expect((await ask(query, { id: foreign.id })).userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['input', 'id'] },
    ]);
  }
  expect((await shop.request(REMOVE, { input: { id: foreign.id } })).errors?.[0]?.extensions.code).toBe(
    'UNAUTHENTICATED',
  );
});
