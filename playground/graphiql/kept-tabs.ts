import type { TabContents } from './first-tabs.ts';

const API_KEY = 'souk:api-key';
/** Where GraphiQL keeps its tabs. */
const TABS = 'graphiql:tabState';

/**
 * The browser keeps the tabs. After the data folder was deleted the demo has a new key, and the kept tabs would
 * each answer UNAUTHENTICATED: they get the new one.
 */
export function renewKeptApiKey(storage: Storage, apiKey: string | null) {
  const known = storage.getItem(API_KEY);
  if (apiKey === null || apiKey === known) return;
  if (known) replaceInStorage(storage, known, apiKey);
  storage.setItem(API_KEY, apiKey);
}

function replaceInStorage(storage: Storage, before: string, after: string) {
  for (const [key, value] of Object.entries<string>(storage)) {
    if (value.includes(before)) storage.setItem(key, value.replaceAll(before, after));
  }
}

type KeptTabs = { activeTabIndex: number; tabs: Partial<TabContents>[] };

/** The tab that was in front at the end of the last visit. */
export function keptTab(storage: Storage): Partial<TabContents> | undefined {
  const kept = storage.getItem(TABS);
  if (kept === null) return undefined;
  const { activeTabIndex, tabs }: KeptTabs = JSON.parse(kept);
  return tabs[activeTabIndex];
}
