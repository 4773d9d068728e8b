import { faultIn, type Range } from './range.ts';

/** Of the page's address, so that it can be kept and sent. */
export function rangeInAddress(usual: Range): Range {
  const asked = new URLSearchParams(location.search);
  const range = { from: asked.get('from') ?? '', to: asked.get('to') ?? '' };
  return faultIn(range) ? usual : range;
}

export const putInAddress = (range: Range) =>
  history.replaceState(null, '', `?${new URLSearchParams(range)}`);
