import type { Voice } from '../../sketch.ts';

const fisherman: Voice = {
  love: [
    ['A coat, really', 'From October to April I wear it in place of a jacket.'],
    ['The lanolin works', 'Walked the dog in drizzle for an hour and shook it off at the door.'],
    ['Two weeks of itching', 'They say it is scratchy for two weeks. It was twelve days.'],
    ['Twenty years, I hope', 'My last one from a place like this lasted nineteen. I have high hopes.'],
    ['Worn by the whole house', 'Bought for me, worn by my wife, now found on my daughter.'],
    ['The cables are deep', 'You do not see work like this much any more.'],
    ['Smells of sheep when wet', 'And I would not have it any other way.'],
    ['Warmest thing I own', 'Warmer than my down jacket when the wind gets up.'],
    ['Fits like it should', 'Close in the body, long enough to stay down when you reach.'],
    [
      'On deck every day',
      'I work on a ferry. It has been salted, soaked and dried on a pipe, and looks new.',
    ],
    ['Bought it for the collar', 'The collar stands up by itself and keeps the draft out.'],
    ['No need to wash', 'Eight months, and it has been aired on the line four times. Does not smell.'],
    ['Present for Dad', 'He wears it to dinner, he wears it to the dump.'],
    ['Real wool at last', 'After a run of so-called wool blends, this is the real thing.'],
  ],
  like: [
    ['Great sweater', 'Heavy, warm and well finished.'],
    ['Size down', 'I am between sizes and the smaller one was right.'],
    ['Very good, if scratchy', 'Wear a collar under it and you will love it.'],
    ['Well knitted', 'No loose ends, and the seams are linked by hand.'],
    ['Lovely color', 'A deeper color than in the picture, and all the better for it.'],
    ['Warm', 'Almost too warm for indoors, so I now keep the heating down.'],
  ],
  mixed: [
    ['Too itchy for me', 'Beautiful thing, but it has been a month and I am still scratching.'],
    ['Arms are long', 'Good in the body; I have to turn the cuffs twice.'],
    ['Nice, but bulky', 'It does not go under any coat I own.'],
  ],
  dislike: [
    ['Pilled under the arms', 'Little balls all over after three weeks.'],
    ['Could not get used to it', 'I know that it is good wool. My neck does not.'],
  ],
  praise: [
    'The ribbing has not gone slack.',
    'I am 5’10” and 170 lb, and the M fits.',
    'The comb they sell takes off the little pilling there is.',
    'It arrived in a paper bag with a spare length of yarn.',
    'My wife says that I look like my own grandfather, in a good way.',
    'It holds its shape on a hook.',
    'I have worn it about forty days so far.',
    'Not one snag, and I walk through brambles.',
  ],
  gripes: [
    'It sheds a bit on dark pants.',
    'It takes two days to dry.',
    'The neck is snug when you pull it on.',
    'I wish it came in gray.',
    'It is heavy to travel with.',
  ],
};

const merino: Voice = {
  love: [
    ['Can wear it on bare skin', 'And I can’t wear wool. Apparently I can wear this.'],
    ['Office and boat', 'Smart enough under a blazer, warm enough under a shell.'],
    ['Two years old', 'No holes, no bobbles, elbows intact.'],
    ['Lovely fit', 'Shaped at the shoulder, so that it hangs like something pricier.'],
    ['Lives on my chair', 'It goes on at seven and comes off at eleven.'],
    ['Bought in two colors', 'I wore the first for a week and ordered the second.'],
  ],
  like: [
    ['Good knit', 'Light, warm, nicely finished.'],
    ['True to size', 'My usual size fits as it should.'],
    ['Soft', 'Softer than I expected for the price.'],
  ],
  mixed: [
    ['Thin', 'Nice, but you need something under it from November on.'],
    ['A moth’s favorite', 'Mine had a hole by spring. Store it better than I did.'],
  ],
  dislike: [
    ['Stretched', 'After one wash it came down to my thighs. Cold water, I swear.'],
    ['Bobbles', 'Pilling on both sides in a week.'],
  ],
  praise: [
    'Washed by hand four times, no change.',
    'The cuffs stay put when you push them up.',
    'It does not show stains.',
    'I am tall, and it is long enough.',
    'The neck lies flat.',
  ],
  gripes: [
    'It pills slightly where my bag rubs.',
    'The sleeves are a touch long.',
    'I would love a v-neck.',
    'Hand wash only, sadly.',
  ],
};

const tee: Voice = {
  love: [
    ['My uniform', 'I own six. That is the review.'],
    ['Heavy in the best way', 'It hangs straight and nobody can see your breakfast through it.'],
    ['Did not shrink', 'Washed hot, dried hot, because I am careless. Same shirt.'],
    ['Collar stays flat', 'A year of washing and the collar has not gone wavy.'],
    ['Fits broad shoulders', 'At last a shirt that fits across my shoulders and is not a tent below.'],
    ['Softer every wash', 'It started out good and keeps getting nicer.'],
    ['Long enough', 'Stays tucked in when I bend, and so do I.'],
    ['Wear it to work, wear it to bed', 'Comfortable enough for either and decent enough for the first.'],
  ],
  like: [
    ['Good shirt', 'Good cloth, neat seams, fair price.'],
    ['True to size', 'Regular fit, as described.'],
    ['Really nice fabric', 'Thicker than the usual, which I like in all but August.'],
    ['Good basic', 'No logo, no nonsense.'],
    ['Comfortable', 'The cut is roomy without looking borrowed.'],
    ['Color holds', 'Twenty washes, and hardly any fading.'],
  ],
  mixed: [
    ['Boxy', 'Good material, but the cut is wider than I like.'],
    ['Too warm for summer', 'A fine shirt for nine months of the year.'],
    ['Sizes vary', 'Two in the same size, and one of them is clearly larger.'],
  ],
  dislike: [['Came up short', 'After the first wash it shows my belt.']],
  praise: [
    'I take my usual L.',
    'Three at a time is the way to buy them.',
    'No twisting at the side.',
    'My husband has stolen one.',
    'It looks good under a cardigan.',
    'The pocket holds a pencil and a phone.',
  ],
  gripes: [
    'It takes ages to dry.',
    'I would like a longer sleeve.',
    'The white one shows everything, as white ones do.',
    'More colors, please.',
    'The neck was tight on day one.',
  ],
};

const deckJacket: Voice = {
  love: [
    ['Lining like a blanket', 'On a cold morning it is like putting on the bed again.'],
    ['On the boat and in town', 'I scrape barnacles in it and wear it to dinner. In that order, once.'],
    ['Rewaxed it myself', 'An evening, a tin and a hair dryer, and the rain beads on it again.'],
    ['Three hours in sleet', 'Stood on a pier in sleet for three hours and was dry where it counted.'],
    ['Wears in, not out', 'It creases where I bend and looks more like mine every month.'],
    ['Pockets everywhere', 'I have found a sandwich from last week. I recommend the inner pocket for that.'],
    ['Warm without bulk', 'You can drive in it, work in it and still lift your arms.'],
    [
      'Compliments from old men',
      'Two old men at the harbor asked where I got it. That is the highest praise around here.',
    ],
    ['Zipper like a tank', 'The zipper runs with gloves on. I had forgotten that zippers could.'],
    ['Replaced two jackets', 'One for rain and one for cold went to the thrift store.'],
  ],
  like: [
    ['Very good jacket', 'Well cut and properly warm.'],
    ['Solid quality', 'Strong seams and good buttons.'],
    ['Runs slightly large', 'Room for a thick sweater, which I think is the idea.'],
    ['Does what it should', 'Keeps wind and rain out, and does not rustle.'],
    ['Pleased', 'Smelled a bit at first and was fine after a day outdoors.'],
  ],
  mixed: [
    ['Stiff', 'It is a good jacket, but it stands up by itself.'],
    ['Sleeves short', 'An inch more in the arm and it would be five stars.'],
    ['Not as warm as hoped', 'Fine to forty degrees, and then you need layers.'],
  ],
  dislike: [
    ['Leaked at the seam', 'Water came in at the left shoulder on the second outing.'],
    ['Wax on the car seat', 'Nobody told me. Now I know.'],
  ],
  praise: [
    'It fits over a fisherman sweater.',
    'It has hung in the truck all winter without harm.',
    'I sent it in for a repair and got it back in ten days.',
    'My size was spot on.',
    'The lining feels like a blanket.',
    'The cuffs keep the weather out.',
  ],
  gripes: [
    'It is heavy on the hook.',
    'No inside pocket on the left.',
    'It gets clammy when you run for the bus.',
    'I would like it longer at the back.',
  ],
};

const cap: Voice = {
  love: [
    ['Goes with everything', 'I wear it with a suit and with oilskins. Nobody has said a word.'],
    ['Third one', 'I lose one a year, so I am grateful that they never change it.'],
    ['Snow in May', 'It snowed on the fourth of May, and I was ready.'],
    ['Does not itch', 'No seam, no itch, and I have a forehead that objects to everything.'],
    ['Stays on', 'In a northeast wind, on a bike. It stays on.'],
    ['One for each jacket', 'I now have four. They keep vanishing into other people’s pockets.'],
    ['Big head', 'I have a very large head, and it fits. Thank you.'],
    ['Just the right length', 'Not a stocking and not a skullcap.'],
    ['Warm ears', 'Folded down it covers the ears, and the ears are what matters.'],
    ['Good in rain', 'Damp does not bother it and it dries on the dashboard.'],
  ],
  like: [
    ['Nice hat', 'Soft, warm and a good color.'],
    ['Good quality', 'Keeps its stretch after a winter.'],
    ['Well made', 'I would call it snug, and I mean that kindly.'],
  ],
  mixed: [['A little short', 'If you want it over your ears you have to unroll it all the way.']],
  dislike: [['Stretched out', 'By February it had grown into a tea cozy.']],
  praise: [
    'The mustard one makes me easy to find.',
    'My teenager wears it, so it must look right.',
    'Washed once in wool soap, no change.',
    'A good present at the price.',
  ],
  gripes: [
    'It attracts lint.',
    'I would like one with a longer cuff.',
    'It leaves a mark on the forehead for a minute.',
  ],
};

const socks: Voice = {
  love: [
    ['Quiet luxury', 'Nobody sees them. I know that they are there.'],
    ['Warm feet, finally', 'Twelve hours in rubber boots and my feet were dry and warm.'],
    ['Like my grandfather wore', 'The same speckled ones he had, down to the stripe.'],
    ['No holes yet', 'I go through heels like other people go through milk. Not these.'],
    ['They sold me a single', 'I lost one. I wrote. They sold me one sock. What a place.'],
    ['Cushioned', 'Like walking on moss.'],
    ['Christmas sorted', 'Everyone in the family got three pairs and nobody complained.'],
  ],
  like: [
    ['Good socks', 'Thick and warm, and they stay up.'],
    ['Comfortable', 'A touch scratchy on day one.'],
    ['Hard wearing', 'Third winter for the first pair.'],
    ['Fit well', 'No bunching at the toes.'],
  ],
  mixed: [
    ['Too thick for my shoes', 'Great in boots and impossible in anything else.'],
    ['Shrank a bit', 'The dryer, my fault, but they went from L to M.'],
  ],
  dislike: [['Gone at the heel', 'I had a hole in one after a month.']],
  praise: [
    'I buy them three at a time.',
    'They do not slide down in the boot.',
    'They dry overnight by the stove.',
    'The left one and the right one are the same, as they should be.',
  ],
  gripes: ['They take a day to dry.', 'The top is a little tight on my calf.', 'My size is often sold out.'],
};

export const clothingVoices = { fisherman, merino, tee, deckJacket, cap, socks };
