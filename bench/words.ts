const list = (text: string) => text.split(' ');

export const NOUNS = list(
  'shirt mug lamp chair scarf teapot candle jacket notebook blanket backpack bowl knife pillow vase kettle clock rug apron basket',
);
export const ADJECTIVES = list(
  'classic modern striped heavy light folding woven quilted painted rustic slim round tall double pocket travel winter summer garden studio',
);
export const MATERIALS = list('cotton linen wool oak steel stoneware glass leather bamboo copper');
export const PLACES = list('kitchen bedroom garden office bathroom hallway balcony workshop');
export const COLOURS = list('Red Blue Green Black White Ochre');
export const SIZES = list('S M L XL');
export const TAGS = list('gift sale new handmade organic limited');
export const PEOPLE = list('Ada Bo Chidi Dana Emil Farah Goran Hana Ines Jomo');
export const COMMENTS = [
  'Exactly as described, and it arrived two days early.',
  'Good, though the colour is a little darker than in the pictures.',
  'We use it every day and it still looks new after half a year.',
  'It does what it should. I would have liked a better lid.',
  'Sent it back: smaller than I thought, and the seam was loose.',
];
