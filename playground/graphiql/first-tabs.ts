import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { type Sample, sampleHeaders } from '../samples.ts';

export interface TabContents {
  query: string;
  variables: string;
  headers: string;
}

export function tabOf(sample: Sample, { defaultTenant, apiKey }: PageSettings): TabContents {
  const { query, variables } = sample;
  return { query, variables, headers: sampleHeaders(sample, defaultTenant, apiKey) };
}

/** What a link asks for: `/playground?tenant=demo&product=storm-lantern` opens that product's page. */
export function askedTab(address: URL, samples: Sample[], settings: PageSettings): TabContents | undefined {
  const slug = address.searchParams.get('product');
  const sample = samples.find(({ id }) => id === 'product-page');
  if (!slug || !sample) return undefined;
  const variables = JSON.stringify({ slug }, null, 2);
  const defaultTenant = address.searchParams.get('tenant') ?? settings.defaultTenant;
  return tabOf({ ...sample, variables }, { ...settings, defaultTenant });
}
