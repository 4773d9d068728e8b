import type { ShippingMethod, TenantSettings } from '../tenants/collections.ts';
import type { Cart } from './documents.ts';

/** A way to send what is in a cart, with what decides whether it is free. */
export type OfferedMethod = { method: ShippingMethod; currency: string; worth: number };

/** How a cart could be sent. Prices of shipping are in the shop's currency, so other carts have no method. */
export const methodsFor = ({ currency }: Cart, settings: TenantSettings): ShippingMethod[] =>
  currency === settings.currency ? (settings.shipping?.methods ?? []) : [];

/** The method that was chosen, while the shop still has it. */
export const chosenMethod = (cart: Cart, settings: TenantSettings): ShippingMethod | null =>
  methodsFor(cart, settings).find(({ id }) => id === cart.shippingMethodId) ?? null;

export const priceOfMethod = ({ method: { price, freeFrom }, worth }: OfferedMethod): number =>
  freeFrom !== null && worth >= freeFrom ? 0 : price;
