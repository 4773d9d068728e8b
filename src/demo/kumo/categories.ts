import type { CategorySketch } from '../sketch.ts';

export const categories: CategorySketch[] = [
  {
    slug: 'paper',
    name: 'Paper',
    description: 'Notebooks, memo pads and letter sets that take ink without feathering.',
    children: [
      { slug: 'notebooks', name: 'Notebooks', description: 'Thread-bound, flat-opening, numbered.' },
      { slug: 'letters', name: 'Letters', description: 'Paper for one person at a time.' },
    ],
  },
  {
    slug: 'writing',
    name: 'Writing',
    description: 'Pens, pencils and inks, most of them made within a day’s train ride of Kyoto.',
    children: [
      { slug: 'pens-and-pencils', name: 'Pens & Pencils', description: 'For drafts and for final copies.' },
      { slug: 'ink', name: 'Ink', description: 'Colors named after weather.' },
    ],
  },
  { slug: 'desk', name: 'Desk', description: 'A place for each small thing.' },
];
