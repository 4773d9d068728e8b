/** A store that cannot be used as asked; the message says what and where. */
export class StoreError extends Error {
  override name = 'StoreError';
}
