import { z } from 'zod';
import { MAX_VARIANTS } from '../collections.ts';
import { isSlug } from '../slug.ts';
import { attributeNameFault } from './attribute-names.ts';

const text = (longest: number) => z.string().trim().max(longest);
const word = text(255).min(1, 'This is empty');
const sku = text(100).min(1, 'This is empty');
const amount = z
  .string({ error: 'An amount is a string, so that it stays exact: "79.99"' })
  .regex(/^\d+(\.\d+)?$/, 'An amount is written like "79.99"');
const address = z.url({ protocol: /^https?$/, error: 'An address begins with https:// or http://' });
const moment = z.iso.datetime({ offset: true, error: 'A time is written like "2026-01-31T12:00:00Z"' });
const whole = z.int().min(0).max(2_147_483_647);

const media = z.array(z.strictObject({ url: address, alt: text(1_000).nullish() })).max(250);

const attribute = z.strictObject({
  name: word.superRefine((name, context) => {
    const reason = attributeNameFault(name);
    if (reason) context.addIssue({ code: 'custom', message: reason });
  }),
  value: word,
});

const discount = z
  .strictObject({
    type: z.enum(['PERCENTAGE', 'FIXED_AMOUNT']),
    value: amount,
    validFrom: moment,
    validTo: moment,
    code: word.nullish(),
    minQuantity: z.int().min(1).optional(),
  })
  .refine(({ validFrom, validTo }) => Date.parse(validFrom) < Date.parse(validTo), {
    path: ['validTo'],
    error: 'A discount ends after it begins',
  });

const variant = z.strictObject({
  sku,
  attributes: z.array(attribute).max(20).default([]),
  quantity: whole.optional(),
  pricing: z.strictObject({ basePrice: amount.nullish(), salePrice: amount.nullish() }).default({}),
  media: media.optional(),
});

/** One line of the file, in the words of the API; docs/import.md explains each field. */
export const ndjsonProduct = z.strictObject({
  sku,
  slug: z
    .string()
    .refine(isSlug, 'A slug has small letters, digits and single hyphens, at most 200 characters')
    .optional(),
  name: word,
  description: text(100_000).nullish(),
  status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']).optional(),
  category: z
    .union([z.array(word).min(1).max(5), word], {
      error: 'A category is the names from the root down, at most 5, or a slug',
    })
    .nullish(),
  pricing: z.strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'A currency is three letters: "USD"')
      .optional(),
    basePrice: amount,
    salePrice: amount.nullish(),
    cost: amount.nullish(),
    taxRate: z.number().min(0).max(1).optional(),
    discounts: z.array(discount).max(100).optional(),
  }),
  variants: z.array(variant).max(MAX_VARIANTS),
  tags: z.array(word).max(250).optional(),
  searchKeywords: z.array(word).max(250).optional(),
  media: media.optional(),
  seo: z.strictObject({ title: text(1_000).nullish(), description: text(1_000).nullish() }).optional(),
});

export type NdjsonProduct = z.output<typeof ndjsonProduct>;
