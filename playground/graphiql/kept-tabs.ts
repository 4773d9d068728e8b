const KEY = 'souk:api-key';

/**
 * The browser keeps the tabs. After the data folder was deleted the demo has a new key, and the kept tabs would
 * each answer UNAUTHENTICATED: they get the new one.
 */
export function renewKeptApiKey(storage: Storage, apiKey: string | null) {
  const known = storage.getItem(KEY);
  if (apiKey === null || apiKey === known) return;
  if (known) replaceInStorage(storage, known, apiKey);
  storage.setItem(KEY, apiKey);
}

function replaceInStorage(storage: Storage, before: string, after: string) {
  for (const [key, value] of Object.entries<string>(storage)) {
    if (value.includes(before)) storage.setItem(key, value.replaceAll(before, after));
  }
}

/** Whether GraphiQL has tabs of an earlier visit to show. */
export const hasKeptTabs = (storage: Storage) => storage.getItem('graphiql:tabState') !== null;
