import type { WrittenReviews } from '../../sketch.ts';

export const outdoorReviews: WrittenReviews = {
  'HP-4003': [
    [5, 'Off the fire with a stick', 'The bail stays up by itself. My eyebrows are grateful.'],
    [
      4,
      'Black already',
      'Two weekends and it looks like it has been round the Horn. Takes its time to boil two quarts.',
    ],
    [4, 'Wide spout', 'You can get a brush in, and you can ladle soup out. We do both.'],
  ],
  'HP-4101': [
    [
      5,
      'Four days of rain',
      'Four days of rain on Isle au Haut, and the only dry things were the ones in this tent.',
    ],
    [5, 'Up in six minutes', 'Alone, in wind, in six minutes. My old one took two people and a quarrel.'],
    [5, 'Fly first', 'Pitching the fly first is the whole trick. Everything under it stays dry.'],
    [4, 'Room for two and a dog', 'If the dog is small. The pegs are a little soft for our granite.'],
    [5, 'Kids can work it', 'My eleven-year-old puts it up and takes it down by herself.'],
    [4, 'Well thought out', 'Two doors mean nobody climbs over anybody. My scale says five pounds six.'],
    [3, 'Zipper catches', 'The inner zipper caught the fabric on the first night. I am gentle with it now.'],
    [5, 'Nine nights on the Allagash', 'No fault found, and we looked.'],
  ],
  'HP-4102': [
    [
      5,
      'Honest rating',
      'It went down to thirty-one. I had socks on and was comfortable, just as the number says.',
    ],
    [5, 'Room for knees', 'I sleep on my side with my knees up, and for once I could.'],
    [
      4,
      'Two make a double',
      'We zipped ours together, left and right. The draft comes in at the neck, so bring a scarf.',
    ],
    [2, 'Down leaks', 'A feather or two every morning. They have offered to take it back.'],
  ],
  'HP-4103': [
    [5, 'Sparks do nothing', 'A spark the size of a pea landed on it and went out.'],
    [4, 'Heavy when wet', 'Wonderful to sit under. Plan on carrying double if you strike camp in the rain.'],
  ],
  'HP-4104': [
    [5, 'Heavy as a wet dog', 'I laughed at that, and then it arrived. It is the best blanket we have.'],
    [5, 'Canoe seat', 'Folded in four it saved my knees on a two-week trip.'],
    [5, 'Bonfire blanket', 'It has been to eleven bonfires and smells of all of them.'],
    [4, 'Scratchy and warm', 'Not for your face. For everything else.'],
    [4, 'Good price now', 'I waited until it came down. The stripe is darker than in the photo.'],
    [3, 'Color came off', 'Left some green fluff on a white quilt. Shake it out first.'],
    [5, 'Stitched edge', 'That edge is done by a person, you can see where she turned the corner.'],
  ],
  'HP-4202': [
    [
      5,
      'It floats',
      'Went overboard off Vinalhaven with my phone in it. We followed it for ten minutes, and the phone rang.',
    ],
    [4, 'White inside', 'Whoever had that idea has also lost a headlamp at the bottom of a black bag.'],
    [
      4,
      'Solid seams',
      'Three seasons of kayak, no pinholes. The clip on the small one is rather small for gloves.',
    ],
    [
      5,
      'Bought the set',
      'A size for food, one for clothes, one for the sleeping bag. The price for two helped.',
    ],
  ],
  'HP-4203': [
    [5, 'Groceries for five', 'Two of these and I make one trip from the car.'],
    [5, 'Stands up in the trunk', 'No more oranges rolling around on Route 1.'],
    [5, 'Not eleven bricks', 'But it did carry a car battery and a bag of mulch.'],
    [4, 'Stiff', 'Rigid for a month, and then it softens. The long straps are the ones to have.'],
    [4, 'Good canvas', 'Spilled wine on the natural one. Should have bought navy.'],
    [
      5,
      'Six years of beach',
      'My first one is six years old and I have only bought this because my sister took it.',
    ],
    [3, 'No pocket', 'A little pocket for keys would make it perfect.'],
  ],
  'HP-4204': [
    [5, 'Fits above the seat', 'Tried it on four airlines by now. It fits, if you do not pack like my wife.'],
    [
      4,
      'Opens wide',
      'The U-shaped zipper means that you can see everything. The shoulder strap could use a pad.',
    ],
    [5, 'Boots in the bottom', 'Two nights, one suit, one pair of boots. Nothing creased that mattered.'],
    [3, 'Heavy from the start', 'Very handsome, and four pounds before you have packed a sock.'],
  ],
  'HP-4301': [
    [5, 'Clay soil', 'We are on heavy clay, and it is the first fork I have not bent.'],
    [5, 'Cuts roots', 'The trowel has a real edge. I planted eighty bulbs in an hour.'],
    [4, 'Lovely pair', 'The box does make a good seed tray. You have to oil them, they rust if left out.'],
    [5, 'Mother’s Day', 'She asked whether I had spent too much. I had. She was delighted.'],
  ],
  'HP-4302': [
    [5, 'Hangs level', 'Full, it hangs level from one hand. Someone has thought about this.'],
    [4, 'Fine rose', 'Does not flatten seedlings. The rose blocks up if you fill from the rain barrel.'],
    [4, 'Left out all winter', 'No rust at all. It is heavy when full, but so is water.'],
    [3, 'Spout in two parts', 'Mine leaked a little at the joint until I tightened it with a strap wrench.'],
  ],
  'HP-4303': [
    [5, 'For the left hand!', 'Forty years of gardening with the wrong hand, over.'],
    [
      5,
      'Every part has a number',
      'I ordered one spring by its number and had it within the week. How often can you say that?',
    ],
    [4, 'Cuts clean', 'Cuts where my old ones crushed. They came rather stiff.'],
  ],
  'HP-4304': [
    [4, 'Sweet peas are happy', 'The depth is just right for them. Saucers are a bit tight.'],
    [2, 'One cracked in frost', 'They say it will stand a frost. Two did and one did not.'],
  ],
};
