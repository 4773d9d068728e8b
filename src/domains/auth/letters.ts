import type { Letter } from '../../platform/mail/mail.ts';
import type { Tenant } from '../tenants/collections.ts';

type Recipient = { email: string; profile: { name: string | null } };

export const resetLetter = (shop: Tenant, to: Recipient, token: string): Letter => ({
  to: to.email,
  subject: `Set a new password for ${shop.name}`,
  text: `${greeting(to)}

somebody, you we hope, asked for a new password for your account at ${shop.name}.

${way(shop, token)}

It holds for an hour, and once. If it was not you, do nothing: your password stays as it is.
`,
});

export const invitationLetter = (shop: Tenant, to: Recipient, token: string): Letter => ({
  to: to.email,
  subject: `Join ${shop.name}`,
  text: `${greeting(to)}

you are invited to work at ${shop.name}. Choose a password, and you are in.

${way(shop, token)}

It holds for seven days, and once.
`,
});

const greeting = ({ profile: { name } }: Recipient) => (name ? `Hello ${name},` : 'Hello,');

/** Behind a #, so that the token stays in the browser: no server's log sees it. */
const way = ({ settings: { passwordPage } }: Tenant, token: string) =>
  passwordPage ? `Open this page: ${passwordPage}#token=${token}` : `Your token: ${token}`;
