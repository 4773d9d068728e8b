import slugify from '@sindresorhus/slugify';
import { isSlug } from '../slug.ts';

/** The slug of a product whose handle may be written otherwise ("Blue_Shirt"); null where no letter of it can stay. */
export function slugOfHandle(handle: string): string | null {
  const slug = isSlug(handle) ? handle : slugify(handle, { decamelize: false });
  return isSlug(slug) ? slug : null;
}
