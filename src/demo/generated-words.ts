/** What generated products are called, made of and filed under. */

const list = (text: string) => text.split(', ');

/** Kinds of products by their categories, from the top down. */
export const KINDS: Record<string, Record<string, string[]>> = {
  Clothing: {
    Shirts: list('Oxford Shirt, Flannel Shirt, Summer Shirt'),
    Knitwear: list('Crew Sweater, Cardigan, Roll Neck'),
    Jackets: list('Rain Jacket, Field Jacket, Down Vest'),
    Trousers: list('Chino, Corduroy Trouser, Work Trouser'),
  },
  Home: {
    Kitchen: list('Saucepan, Chopping Board, Teapot'),
    Bedroom: list('Blanket, Pillow Case, Duvet Cover'),
    Lighting: list('Table Lamp, Floor Lamp, Lantern'),
    Storage: list('Basket, Wall Shelf, Tool Box'),
  },
  Outdoor: {
    Camping: list('Tent, Sleeping Mat, Camp Stove'),
    Packs: list('Day Pack, Duffel, Roll-Top Pack'),
    Walking: list('Trekking Pole, Gaiter, Map Case'),
    Climbing: list('Chalk Bag, Harness, Rope Bag'),
  },
  Garden: {
    Planting: list('Flower Pot, Seed Tray, Trellis'),
    Tools: list('Trowel, Pruning Saw, Garden Fork'),
    Seating: list('Bench, Deck Chair, Hammock'),
    Watering: list('Watering Can, Hose Reel, Rain Gauge'),
  },
  Office: {
    Paper: list('Notebook, Sketch Pad, Desk Calendar'),
    Writing: list('Fountain Pen, Pencil Case, Ink Well'),
    Desks: list('Writing Desk, Desk Tray, Monitor Stand'),
    Clocks: list('Wall Clock, Desk Clock, Egg Timer'),
  },
  Children: {
    Toys: list('Building Blocks, Pull-Along Duck, Puppet'),
    Games: list('Chess Set, Domino Set, Skittles'),
    Nursery: list('Cot, Mobile, Night Light'),
    School: list('School Bag, Lunch Box, Drinking Bottle'),
  },
};

export const MAKERS = list(
  'Alder, Birch, Cedar, Dune, Ember, Fjord, Glen, Heath, Isle, Juniper, Kelp, Larch',
);
/** The first ones are common, the last ones less so. */
export const MATERIALS = list('Cotton, Linen, Wool, Oak, Steel, Stoneware, Glass, Leather, Bamboo, Copper');
export const STYLES = list(
  'classic, light, heavy, washed, striped, plain, recycled, folding, quilted, woven',
);
export const PLACES = list('kitchen, bedroom, garden, office, bathroom, hallway, balcony, workshop');
export const COLOURS = list('Black, Navy, Moss, Rust, Sand, Slate');
export const SIZES = list('S, M, L, XL');
export const TAGS = list('new, gift, handmade, organic, recycled, limited, outlet, everyday');
