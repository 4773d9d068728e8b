import slugify from '@sindresorhus/slugify';

const SLUG = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;
const LONGEST = 200;

/** Whether a product's page can have this address. */
export const isSlug = (text: string) => text.length <= LONGEST && SLUG.test(text);

/** The slug of a product whose handle may be written otherwise ("Blue_Shirt"); null where no letter of it can stay. */
export function slugOfHandle(handle: string): string | null {
  const slug = isSlug(handle) ? handle : slugify(handle, { decamelize: false });
  return isSlug(slug) ? slug : null;
}
