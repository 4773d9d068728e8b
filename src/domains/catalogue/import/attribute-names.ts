// Keys of stored documents: a dot or a dollar sign changes what a path to them means, __proto__ what an object is.
const SPECIAL = /[$.\p{Cc}]/gu;
const RESERVED = ['__proto__', 'constructor', 'prototype'];
const LONGEST = 255;

/** Why a variant cannot have an attribute of this name; null when it can. */
export function attributeNameFault(name: string): string | null {
  if (name === '') return 'An attribute needs a name, of more than "." and "$"';
  if (RESERVED.includes(name)) return `An attribute cannot be named "${name}"`;
  if (name.search(SPECIAL) !== -1) return `The name of an attribute has no ".", "$" or control character`;
  if (name.length > LONGEST) return `The name of an attribute has at most ${LONGEST} characters`;
  return null;
}

/** "Size (U.S.)" as it can be stored: "Size (US)". */
export const cleanAttributeName = (name: string) => name.replace(SPECIAL, '').trim();
