import { invalid } from '../../platform/errors.ts';
import type { ShippingMethodInput } from '../../schema.types.ts';
import { toMinor } from '../pricing/money.ts';
import type { ShippingMethod, TenantSettings } from './collections.ts';

const MOST_METHODS = 50;
const METHOD_ID = /^[a-z0-9][a-z0-9_-]{0,49}$/i;
const MOST_NAME = 100;
const FIELD = 'shippingMethods';

type Setting = Pick<TenantSettings, 'shipping'>;

/** The setting as it is stored: absent where nothing is sent. */
export function shippingOf(given: readonly ShippingMethodInput[] | null, currency: string): Setting {
  if (given === null || given.length === 0) return {};
  if (given.length > MOST_METHODS)
    throw invalid(
      `A shop has at most ${MOST_METHODS} ways to send goods, not ${given.length}`,
      'input',
      FIELD,
    );
  const methods = given.map((method, index) => readMethod(method, index, currency));
  refuseSameId(methods);
  return { shipping: { methods } };
}

function readMethod(given: ShippingMethodInput, index: number, currency: string): ShippingMethod {
  const at = [FIELD, String(index)];
  const { price, freeFrom } = given;
  return {
    id: readId(given.id, 'input', ...at, 'id'),
    name: readName(given.name, 'input', ...at, 'name'),
    price: readAmount(price, currency, [...at, 'price']),
    freeFrom: freeFrom == null ? null : readAmount(freeFrom, currency, [...at, 'freeFrom']),
  };
}

function readId(id: string, ...path: string[]): string {
  if (METHOD_ID.test(id)) return id;
  throw invalid('The id of a way to send has 1 to 50 letters, digits, hyphens or underscores', ...path);
}

function readName(given: string, ...path: string[]): string {
  const name = given.trim();
  if (name !== '' && name.length <= MOST_NAME && !/\p{Cc}/u.test(name)) return name;
  throw invalid(`A way to send has a name of 1 to ${MOST_NAME} characters on one line`, ...path);
}

function readAmount(decimal: string, currency: string, path: string[]): number {
  const minor = toMinor(decimal, currency, path.join('.'));
  if (minor < 0) throw invalid(`Sending goods costs nothing or more, not ${decimal}`, 'input', ...path);
  return minor;
}

function refuseSameId(methods: ShippingMethod[]): void {
  const second = methods.findIndex(({ id }, index) => methods.findIndex((other) => other.id === id) < index);
  if (second >= 0)
    throw invalid(
      `Two ways to send have the id ${methods[second]?.id}: carts name a way by its id`,
      ...['input', FIELD, String(second), 'id'],
    );
}
