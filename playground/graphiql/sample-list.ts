import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createElement as h } from 'react';
import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import type { Sample } from '../samples.ts';
import { type TabContents, tabOf } from './first-tabs.ts';

/** The panel on the left: every sample with what it shows, also after its tab was edited or closed. */
export function sampleList(samples: Sample[], settings: PageSettings): GraphiQLPlugin {
  return { title: 'Samples', icon: SamplesIcon, content: () => h(SampleList, { samples, settings }) };
}

function SampleList({ samples, settings }: { samples: Sample[]; settings: PageSettings }) {
  const open = useOpenTab();
  const entry = (sample: Sample) =>
    h(
      'li',
      { key: sample.id },
      h('button', { type: 'button', onClick: () => open(tabOf(sample, settings)) }, sample.name),
      h('p', null, sample.about),
    );
  return h('section', { className: 'samples' }, h('h2', null, 'Samples'), h('ul', null, samples.map(entry)));
}

/** Goes to the tab where the query stands unchanged, or to a new one. */
function useOpenTab() {
  const { addTab, changeTab } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor } = useGraphiQL((state) => state);
  // What was typed a moment ago is in the editor, but not yet among the tabs.
  const textAt = (index: number) => (index === activeTabIndex ? queryEditor?.getValue() : tabs[index]?.query);
  return ({ query, variables, headers }: TabContents) => {
    const there = tabs.findIndex((_, index) => textAt(index) === query);
    if (there !== -1) return changeTab(there);
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    headerEditor?.setValue(headers);
  };
}

const SamplesIcon = () =>
  h(
    'svg',
    { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, 'aria-hidden': true },
    h('path', { d: 'M4 6.5 12 3l8 3.5L12 10 4 6.5Zm0 5.5 8 3.5 8-3.5M4 17.5 12 21l8-3.5' }),
  );
