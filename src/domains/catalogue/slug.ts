import { invalid } from '../../platform/errors.ts';

const SLUG = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;
const LONGEST = 200;

/** Whether a page can have this address. */
export const isSlug = (text: string) => text.length <= LONGEST && SLUG.test(text);

/** The slug that a client gives, or that was made of a name. */
export function readSlug(slug: string): string {
  if (isSlug(slug)) return slug;
  throw invalid(
    `A slug has small letters, digits and single hyphens, such as storm-lantern, and at most ${LONGEST} characters, not "${slug.slice(0, LONGEST)}"`,
    'input',
    'slug',
  );
}
