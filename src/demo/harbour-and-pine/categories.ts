import type { CategorySketch } from '../sketch.ts';

export const categories: CategorySketch[] = [
  {
    slug: 'kitchen',
    name: 'Kitchen',
    description: 'Pans, knives and dishes for people who cook most nights of the week.',
    children: [
      {
        slug: 'cookware',
        name: 'Cookware',
        description: 'Heavy where it helps, light where it matters, and none of it disposable.',
        children: [
          {
            slug: 'cast-iron',
            name: 'Cast Iron',
            description: 'Skillets, griddles and enameled pots that get better with every dinner.',
          },
          {
            slug: 'pots-and-pans',
            name: 'Pots & Pans',
            description: 'Stainless and carbon steel for the everyday stove, gas or induction.',
          },
        ],
      },
      {
        slug: 'tableware',
        name: 'Tableware',
        description: 'Stoneware, enamel and glass that stack well and survive the dishwasher.',
        children: [
          {
            slug: 'mugs-and-cups',
            name: 'Mugs & Cups',
            description: 'From two-ounce espresso cups to the mug you refuse to share.',
          },
          {
            slug: 'plates-and-bowls',
            name: 'Plates & Bowls',
            description: 'Open stock: buy one, buy eight, replace the one that met the floor.',
          },
        ],
      },
      {
        slug: 'knives-and-prep',
        name: 'Knives & Prep',
        description: 'Sharp edges, steady boards and the small tools that earn their drawer space.',
      },
      {
        slug: 'coffee-and-tea',
        name: 'Coffee & Tea',
        description: 'Beans roasted on Tuesdays, and what you need to make them taste like it.',
      },
      {
        slug: 'kitchen-linens',
        name: 'Kitchen Linens',
        description: 'Aprons, towels and mitts in cotton and linen that wash soft.',
      },
    ],
  },
  {
    slug: 'living',
    name: 'Living',
    description: 'Warm things, soft things and good light for the room you sit in.',
    children: [
      {
        slug: 'throws-and-cushions',
        name: 'Throws & Cushions',
        description: 'Wool, cotton and linen for sofas, armchairs and the cold end of the bed.',
      },
      {
        slug: 'light-and-scent',
        name: 'Light & Scent',
        description: 'Lamps, lanterns and candles that smell of places, not of perfume counters.',
      },
      {
        slug: 'baskets-and-storage',
        name: 'Baskets & Storage',
        description: 'Somewhere to put it all, made of seagrass, ash and oak.',
      },
    ],
  },
  {
    slug: 'bed-and-bath',
    name: 'Bed & Bath',
    description: 'Washed linen, crisp percale and towels that actually dry you.',
    children: [
      {
        slug: 'bedding',
        name: 'Bedding',
        description: 'Sheets, covers and duvets in natural fibres, sized for American beds.',
      },
      {
        slug: 'bath',
        name: 'Bath',
        description: 'Everything between the shower and the door.',
        children: [
          {
            slug: 'towels-and-mats',
            name: 'Towels & Mats',
            description: 'Waffle, terry and flat-woven cotton in colors that keep.',
          },
          {
            slug: 'soap-and-salts',
            name: 'Soap & Salts',
            description: 'Small-batch bars, hand wash by the refill, and salt from the Gulf of Maine.',
          },
        ],
      },
    ],
  },
  {
    slug: 'outdoor',
    name: 'Outdoor',
    description: 'For the boat, the trail, the garden and the back step.',
    children: [
      {
        slug: 'camp',
        name: 'Camp',
        description: 'Kit for two nights out or two weeks, tested on our own days off.',
        children: [
          {
            slug: 'camp-kitchen',
            name: 'Camp Kitchen',
            description: 'Bottles, kettles and grills for cooking where there is no kitchen.',
          },
          {
            slug: 'shelter-and-sleep',
            name: 'Shelter & Sleep',
            description: 'Tents, tarps and bags for staying dry and warm until morning.',
          },
        ],
      },
      {
        slug: 'bags',
        name: 'Bags',
        description: 'Waxed canvas, dry bags and totes with straps that hold.',
      },
      {
        slug: 'garden',
        name: 'Garden',
        description: 'Forged tools, proper watering cans and pots that drain.',
      },
    ],
  },
  {
    slug: 'clothing',
    name: 'Clothing',
    description: 'Working clothes from a working coast: wool, canvas, cotton and wax.',
    children: [
      {
        slug: 'tops',
        name: 'Tops',
        description: 'Layers for all the weather you get in one day.',
        children: [
          {
            slug: 'knitwear',
            name: 'Knitwear',
            description: 'Fisherman knits, fine merino and cardigans with real buttons.',
          },
          {
            slug: 'tees-and-shirts',
            name: 'Tees & Shirts',
            description: 'Heavy jersey, brushed flannel and linen that likes to be creased.',
          },
        ],
      },
      {
        slug: 'outerwear',
        name: 'Outerwear',
        description: 'Jackets against wind and rain that can be rewaxed, reproofed and repaired.',
      },
      {
        slug: 'pants',
        name: 'Pants',
        description: 'Canvas for work, linen for after.',
      },
      {
        slug: 'accessories',
        name: 'Hats, Socks & Gloves',
        description: 'The small warm things that go missing first.',
      },
    ],
  },
  {
    slug: 'care-and-repair',
    name: 'Care & Repair',
    description: 'Keep what you have. Waxes, oils, stones and kits for making it last.',
    children: [
      {
        slug: 'kitchen-care',
        name: 'Kitchen Care',
        description: 'Whetstones, board oil and seasoning wax.',
      },
      {
        slug: 'wool-and-leather-care',
        name: 'Wool & Leather Care',
        description: 'Washes, combs, balms and thread for clothes and bags.',
      },
    ],
  },
];
