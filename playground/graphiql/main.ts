import './workers.ts';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './theme.css';
import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from 'graphiql';
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import icon from '../icon.svg';
import { loadSettings } from '../settings.ts';
import { samples } from './all-samples.ts';
import { createFetcher } from './fetcher.ts';
import { askedTab, type TabContents, tabOf } from './first-tabs.ts';
import { keptTab, renewKeptApiKey } from './kept-tabs.ts';
import { sampleList } from './sample-list.ts';

const root = document.querySelector('#playground');

loadSettings().then(show, (error: Error) => {
  root?.append(`The playground could not start: ${error.message}`);
});

function show(settings: PageSettings) {
  if (!root) return;
  renewKeptApiKey(localStorage, settings.apiKey);
  createRoot(root).render(h(GraphiQL, propsFor(settings), h(GraphiQL.Logo, null, homeLink())));
}

function propsFor(settings: PageSettings): GraphiQLProps {
  const list = sampleList(samples, settings);
  const asked = askedTab(new URL(location.href), samples, settings);
  const tabs = samples.map((sample) => tabOf(sample, settings));
  return {
    fetcher: createFetcher(settings.defaultTenant),
    plugins: [list, HISTORY_PLUGIN],
    visiblePlugin: isWide() ? list : undefined,
    defaultTabs: asked ? [asked, ...tabs.slice(1)] : tabs,
    // GraphiQL opens the right tab, but does not fill the editors from it by itself.
    ...editorsOf(asked ?? keptTab(localStorage) ?? tabs[0]),
    defaultHeaders: JSON.stringify({ 'x-tenant': settings.defaultTenant ?? '' }, null, 2),
    defaultEditorToolsVisibility: 'variables',
    // The demo's key may be kept with its tabs, a key that somebody typed in may not.
    shouldPersistHeaders: settings.apiKey !== null,
    schemaDescription: true,
    inputValueDeprecation: true,
  };
}

const editorsOf = (tab: Partial<TabContents> = {}) => ({
  initialQuery: tab.query,
  initialVariables: tab.variables,
  initialHeaders: tab.headers,
});

/** Room for the list beside the query and its answer. */
const isWide = () => matchMedia('(width >= 87rem)').matches;

const homeLink = () =>
  h('a', { href: '/', className: 'home' }, h('img', { src: icon, alt: '', width: 22, height: 22 }), 'Souk');
