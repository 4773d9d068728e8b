import type { WrittenReviews } from '../sketch.ts';

export const reviews: WrittenReviews = {
  'KS-101': [
    [5, 'Lies flat, truly', 'From page one. I have cried over notebooks that do not.'],
    [5, 'No bleed', 'A broad nib and wet ink, and the other side is clean.'],
    [4, 'Slow to dry', 'Left-handers, bring blotting paper. Otherwise perfect.'],
    [5, 'Third one this year', 'B6 in grid. It fits in the pocket of my coat as if it had been measured.'],
    [4, 'Lovely cloth', 'The pale one marks easily, which I have decided to call patina.'],
  ],
  'KS-102': [
    [4, 'Shirt pocket', 'Thin enough to forget until you need it. The staples are neat.'],
    [5, 'The perforation', 'I give notes away all day. They tear where they should.'],
  ],
  'KS-103': [
    [5, 'My grandmother wrote back', 'She said that she had not had a letter on such paper since 1961.'],
    [4, 'Takes a brush', 'A bit absorbent for a wet nib, wonderful for a brush.'],
  ],
  'KS-104': [
    [5, 'June', 'June is twelve lines of rain and nothing else. I framed it.'],
    [4, 'Good paper', 'No skating. I sent ten and kept two.'],
  ],
  'KS-201': [
    [5, 'Writes at once', 'Filled it, touched the paper, and there it was. They really do adjust the nib.'],
    [5, 'First proper pen', 'I write more slowly and people can read it.'],
    [4, 'Light', 'Lighter than I am used to. After two pages I understood why.'],
    [3, 'Fine is very fine', 'Japanese fine is not European fine. Order one wider.'],
  ],
  'KS-202': [
    [5, 'Does not roll', 'Six sides. Whoever decided on that has a sloping desk too.'],
    [4, 'Smells of coins', 'For a month, and then it does not. Nice weight.'],
  ],
  'KS-203': [
    [5, 'Crooked stamps', 'Three of mine are stamped askew and I like those best.'],
    [4, 'Smooth 2B', 'Holds a point longer than I expected of a 2B.'],
  ],
  'KS-301': [
    [5, 'Sea Fog', 'Gray, then green, then gray again, in one word.'],
    [4, 'Shades well', 'First Rain is lighter than on my screen. The bottle is clever.'],
    [2, 'Shirt says otherwise', 'Washes out of most shirts. Mine was not one of them.'],
    [5, 'Waiting for Thunder', 'Please make more Thunder.'],
  ],
  'KS-401': [
    [5, 'Turned to tea', 'A year by the window and it has gone exactly the color they said.'],
    [4, 'Five grooves', 'I own six pens. This is my problem, not theirs.'],
  ],
  'KS-402': [[5, 'Nothing scratches anything', 'The flap over the nibs is the whole idea, and a good one.']],
};
