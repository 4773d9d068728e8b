const MASK = '[redacted]';
const SECRET =
  /passw(?:or)?d|passphrase|passcode|secret|token|hash(?!tag)|credential|authori[sz]ation|cookie|signature|(?:api|private|access|signing|encryption|operator)[-_ ]?key/i;
/** Where to set a password is no secret. */
const NO_SECRETS = new Set(['passwordPage']);

/** Whether what stands under this name must not be shown. */
export const isSecretName = (name: string): boolean => SECRET.test(name) && !NO_SECRETS.has(name);

/** That there is one, when it was set and whether it is on may be known. */
export const mask = (value: unknown): unknown =>
  value == null || value instanceof Date || typeof value === 'boolean' ? value : MASK;
