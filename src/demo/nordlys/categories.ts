import type { CategorySketch } from '../sketch.ts';

export const categories: CategorySketch[] = [
  {
    slug: 'kaffe',
    name: 'Kaffe',
    description: 'Lysbrent på Svolvær brygge, sendt samme dag.',
    children: [
      { slug: 'filterkaffe', name: 'Filterkaffe', description: 'Klare kopper med mye frukt.' },
      { slug: 'espresso', name: 'Espresso', description: 'Brent for maskinen, også god i mokkakanne.' },
    ],
  },
  {
    slug: 'utstyr',
    name: 'Utstyr',
    description: 'Det vi selv bruker i kaffebaren, og ingenting annet.',
    children: [
      { slug: 'brygging', name: 'Brygging', description: 'Trakter, kjeler og filter.' },
      { slug: 'kverner-og-vekter', name: 'Kverner og vekter', description: 'Jevn maling, riktig mengde.' },
    ],
  },
];
