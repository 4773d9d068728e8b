import type { WrittenReviews } from '../../sketch.ts';

export const careReviews: WrittenReviews = {
  'HP-6001': [
    [
      5,
      'Rescued a flea-market pan',
      'Six dollars, orange all over. After three rounds of this it is black and shining.',
    ],
    [
      5,
      'Wipe it off again',
      'The trick is in the text: wipe it ALL off. I did not, the first time, and it was sticky.',
    ],
    [4, 'A little goes far', 'I have done eleven pans and you can hardly see the dent. Open a window.'],
    [5, 'Marriage saver', 'My husband put the skillet in the dishwasher. We are still married.'],
  ],
  'HP-6002': [
    [5, 'The booklet is funny', 'And right. I was doing number four wrong.'],
    [4, 'Takes practice', 'My first knife came out worse than before. The second cut paper.'],
    [5, 'Does not slide', 'The base sits tight even on a wet counter.'],
    [
      3,
      'Wears hollow',
      'After some months there is a dip in the coarse side. You need a flattening stone, which they do not sell.',
    ],
  ],
  'HP-6003': [
    [5, 'The color of toast', 'That is exactly the color. I did the board, then two spoons, then the table.'],
    [4, 'Overnight is right', 'The board drank all of it by morning. Get the large one.'],
  ],
  'HP-6101': [
    [5, 'No rinsing', 'A basin, a capful, ten minutes. I wash my sweaters now, which was not so before.'],
    [
      5,
      'Down bag came back to life',
      'It says that it works on down. My fifteen-year-old bag has doubled in height.',
    ],
    [4, 'Sheepy', 'Has a faint smell of sheep and soap until it is dry. Nice, really.'],
  ],
  'HP-6102': [
    [5, 'Hair dryer!', 'I had been rubbing it in cold for years like a fool.'],
    [4, 'One jacket, one tin', 'True to the word. It is a messy job; do it outdoors on newspaper.'],
    [
      3,
      'Darker now',
      'The shoulders are darker than the rest. Rain stays out, so I am not complaining much.',
    ],
  ],
  'HP-6103': [
    [
      4,
      'Boots for dinner',
      'Twenty-year-old boots went to a dinner party. It darkened them a shade, as announced.',
    ],
  ],
  'HP-6104': [
    [5, 'Looks three years younger', 'I was about to give the sweater away. Now my daughter wants it.'],
    [5, 'Strangely satisfying', 'I have done all of mine and started on the neighbours’.'],
    [5, 'Does not thin the knit', 'The electric one ate holes. This just lifts off the fluff.'],
    [4, 'Short strokes', 'Follow the advice. I got greedy and pulled a thread.'],
    [
      5,
      'Smells of cedar',
      'It lives in the drawer with the wool, and I like to think it frightens the moths.',
    ],
    [4, 'Small and good', 'Smaller than I had pictured. Cleans with an old toothbrush.'],
  ],
  'HP-6105': [
    [
      5,
      'The good scissors',
      'They call them the good scissors and they are. The rest would be worth it without them.',
    ],
    [5, 'A heel, an elbow, a strap', 'Did all four repairs on the card in one evening, with the radio on.'],
  ],
};
