import type { WrittenReviews } from '../../sketch.ts';

export const clothingReviews: WrittenReviews = {
  'HP-5003': [
    [5, 'Lives on my chair', 'It goes on at seven and comes off at eleven.'],
    [4, 'Pockets do not sag', 'I tested that with a phone and a tape measure. Runs a bit wide.'],
    [5, 'My spring jacket', 'From March to May I wear nothing else over a shirt.'],
    [3, 'Heavy for indoors', 'Beautiful work, but I am too hot in it once the stove is going.'],
  ],
  'HP-5102': [
    [5, 'I counted the stripes', 'Twenty-one. Somebody had to check.'],
    [5, 'Neck is right', 'It lies on the collarbone, as a boat neck should, and does not slip off.'],
    [
      4,
      'Dense jersey',
      'It has a good weight and keeps the wind out better than you would think. Shrank a hair in length.',
    ],
    [
      4,
      'On both of us',
      'My wife and I own the same one, two sizes apart. We try not to wear them together.',
    ],
    [3, 'Red bled', 'The red one left pink on the ecru in the first wash. Use a color catcher.'],
    [
      5,
      'Ten years of Bretons',
      'I have bought them from three French makers. This one sits best on the shoulder.',
    ],
    [2, 'Too short', 'I am six foot one and it ends where my belt begins.'],
    [
      4,
      'Good with yellow',
      'I bought it for under the raincoat because of the picture, and I would do it again.',
    ],
  ],
  'HP-5103': [
    [5, 'The checks meet', 'Look at the pocket: the pattern runs right across it. I notice these things.'],
    [5, 'Soft on both sides', 'Brushed inside as well, so it is warm the second you put it on.'],
    [5, 'Long tail', 'Splits wood, stays tucked in.'],
    [4, 'Good and thick', 'More of a light jacket. I take one size up to wear it open.'],
    [5, 'Took it from my dad', 'He bought it. I am wearing it. He has ordered another one.'],
    [4, 'Colors hold', 'Fifteen washes and still properly red. The cuffs are a bit tight for rolling up.'],
    [5, 'Best flannel since the old brand', 'You know which brand. The way they made them in the nineties.'],
    [3, 'Bobbles on the elbow', 'Nice shirt, but it has begun to pill where I lean on the desk.'],
    [4, 'Warm', 'On a cold morning with the pocket tee under it, that is all I need.'],
  ],
  'HP-5104': [
    [
      5,
      'Ninety-five degrees',
      'Wore it through a wedding in ninety-five degrees and was the only one smiling.',
    ],
    [4, 'Dries before lunch', 'Wash, hang, wear. Size down, as they say; I did not, and it is roomy.'],
    [3, 'Creased before I left the house', 'They warned me. I still was not ready.'],
    [2, 'See-through', 'The chalk one needs something under it, and then what is the point?'],
  ],
  'HP-5202': [
    [5, 'Stood on a pier for three hours', 'In sleet. I was dry where it counted.'],
    [5, 'Peak on the hood', 'Glasses wearers, rejoice. And it turns with your head.'],
    [4, 'Buoy yellow', 'You will be seen. Drivers stop for me now. It is a bit stiff when cold.'],
    [5, 'Packs into its pocket', 'It lives in my bike bag and weighs less than the lock.'],
    [4, 'Runs large', 'Room for a sweater underneath, which I think is the idea.'],
    [2, 'Leaked at the shoulder', 'Water came in at the left seam on the second outing. I have sent it in.'],
    [4, 'No rustle', 'Quiet for a raincoat. You can hear what people say to you.'],
    [
      3,
      'Warm when you run',
      'The flap at the back helps, but after a sprint for the bus I was as wet inside as out.',
    ],
    [
      5,
      'Kneeling on wet decks',
      'It reaches to the knee, so you can kneel on the hem. I have not seen that mentioned.',
    ],
  ],
  'HP-5203': [
    [5, 'Warm when damp', 'Down turns to porridge in our climate. This does not care.'],
    [4, 'The secret pocket', 'It took me a month to find it. I am not telling where it is.'],
    [5, 'Sale price', 'Had my eye on it all winter. At this price I took both colors.'],
    [3, 'Boxy', 'Made for someone wider than me, or for more sweaters.'],
  ],
  'HP-5204': [
    [5, 'I have had mine for two years', 'Brush it, hang it up, and it looks like the day I got it.'],
    [5, 'Sorry it is gone', 'Tried to buy a second for my brother. You will not find cloth like it.'],
    [4, 'Seriously heavy', 'It weighs as much as a small child, and keeps you as warm.'],
  ],
  'HP-5301': [
    [5, 'I lay floors', 'These are the first knees that have lasted me a year.'],
    [5, 'Rule pocket', 'It is where my hand expects it. I have not lost a ruler since.'],
    [4, 'They start stiff', 'It says so. It is true. Wear them wet for a day and they give.'],
    [4, 'Good gusset', 'I can squat without saying a prayer. A touch long in the leg for me.'],
    [5, 'Sawdust falls out', 'Open the knees at the bottom, shake, done.'],
    [2, 'Waist runs small', 'I have been a 34 all my life and had to send back for a 36.'],
    [3, 'Hard to dry', 'Good, tough cloth. Two days on the line in spring.'],
  ],
  'HP-5302': [
    [5, 'Friday to Monday', 'I put them on on Friday evening and take them off on Monday morning.'],
    [4, 'Real pockets', 'Deep enough for a phone. The cord tips came off in the wash.'],
    [2, 'Long and wide', 'I could have sailed home in them.'],
    [3, 'Creases', 'They crease if you look at them. Comfortable, though.'],
  ],
  'HP-5403': [
    [5, 'Two scarves in one', 'Flip it and it is another color. I feel very clever each time.'],
    [5, 'No fringe', 'My zippers have been waiting for a scarf with no fringe.'],
    [
      4,
      'Long',
      'Goes round twice and still tucks in. I am five foot two, so for me it goes round three times.',
    ],
  ],
  'HP-5404': [
    [
      5,
      'Still soft after a soaking',
      'They got drenched, dried on the dashboard, and were soft again in ten minutes.',
    ],
    [
      4,
      'Draw round your hand',
      'I did what they say and got the right size. The snap is a bit fiddly with the other glove on.',
    ],
    [3, 'Thumbs are short', 'The fingers are perfect. The thumbs are for someone else.'],
  ],
  'HP-5405': [
    [5, 'No next belt', 'Half an inch of leather and two screws. I am fifty, and this is it.'],
    [
      4,
      'Measure first',
      'Measure the belt that you wear, and do not go by your pants. It was stiff for a month.',
    ],
  ],
};
