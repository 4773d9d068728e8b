import type { Voice } from '../../sketch.ts';

const skillet: Voice = {
  love: [
    ['Eggs on day nine', 'I kept a tally: the first egg that slid out without a fight was on day nine.'],
    [
      'Replaced three pans',
      'Gave away two non-sticks and a stainless one a month after this came. Have not missed them.',
    ],
    [
      'Like my grandmother’s',
      'It has the smooth bottom of the one my grandmother had, which the modern ones never do.',
    ],
    [
      'Best cornbread yet',
      'Heat it in the oven with the fat, pour in the batter, and the crust is something else.',
    ],
    ['Finally a steak at home', 'The first steak I have made indoors that I would have paid for.'],
    ['Lives on the stove', 'It has not been in the cupboard since March because it is never not in use.'],
    [
      'Worth the weight',
      'Yes it is heavy. That is why the burger gets a crust and the pan does not go cold.',
    ],
    ['Second one', 'My son took the first one to college and refuses to give it back, so here we are.'],
    [
      'Better than the fancy brand',
      'I own the hundred-and-sixty-dollar one too. Side by side, I reach for this.',
    ],
    [
      'Bought it for the handle',
      'The extra thumb of handle makes all the difference when you are pouring off fat.',
    ],
    [
      'Even on induction',
      'I was worried about hot spots on my induction top, but if you let it warm up slowly it is fine.',
    ],
    ['Pizza pan as well', 'Turns out a skillet pizza is the best use for the last of the dough.'],
    ['Camp and kitchen', 'Goes from the gas stove to the fire pit and back without complaint.'],
    ['Arrived ready', 'Wiped it, heated it, fried bacon as told. That was the whole ceremony.'],
    [
      'Wedding present',
      'We got one from my aunt and it is the only present from that list that we use every single day.',
    ],
    ['Skeptic here', 'I thought people were being romantic about cast iron. I was wrong, I admit it.'],
    ['Potatoes!', 'Home fries with an actual crust, all the way round, every time.'],
  ],
  like: [
    ['Very good pan', 'Cooks beautifully and looks better each week.'],
    [
      'Good once seasoned',
      'Took me about a dozen dinners and two rounds of wax before I would call it non-stick.',
    ],
    ['Does what they say', 'Smooth, even and solid, and the seasoning was better than I expected from new.'],
    ['Happy with it', 'My everyday pan now, for everything but tomato sauce.'],
    ['Solid', 'Great heat, great crust, a pan for people who do not mind drying up straight away.'],
    ['Nearly perfect', 'The machining is lovely and it sits dead flat.'],
  ],
  mixed: [
    ['Heavier than I thought', 'It is a nice pan, but I need both hands and I am not weak.'],
    ['Not for me', 'Cooks well. I just will not look after it, and that is on me.'],
    ['Fine, needs work', 'The factory seasoning flaked in one spot and I had to start over.'],
    [
      'Good pan, poor box',
      'It came with a chip in the rim where it had worn through the carton; customer service sorted it out.',
    ],
  ],
  dislike: [
    ['Rusted', 'Left to soak one night by my husband and it was orange in the morning.'],
    ['Everything stuck', 'Two weeks in and eggs still weld themselves to it, whatever I do.'],
    ['Sent it back', 'Mine rocked on a glass top. Refunded without any fuss, but still.'],
  ],
  praise: [
    'The pouring lips actually pour.',
    'Cleans up with hot water and a brush.',
    'It came two days early.',
    'My only regret is not getting the bigger one at the same time.',
    'The helper handle is not decoration, you need it.',
    'I rub it with their wax once a month and that is all the care it gets.',
    'We are a family of five and it earns its place every evening.',
    'Sits flat, no wobble.',
    'I have had it for about half a year now.',
    'Made in Pennsylvania, which my father will not stop telling visitors.',
  ],
  gripes: [
    'The handle gets hot, obviously, and I still forget.',
    'I wish a lid were sold for it.',
    'It is a lot to lift down from a hook.',
    'A hole in the handle big enough for my rail would have been nice.',
    'The leaflet could say more about re-seasoning.',
    'It smoked out the kitchen the first time, so open a window.',
  ],
};

const dutchOven: Voice = {
  love: [
    ['Sunday pot', 'Short ribs, four hours, nothing caught. I did not even scrape.'],
    [
      'Bread changed my mind',
      'I bought it for stew and now it is the bread pot. The crust crackles when it comes out.',
    ],
    [
      'As good as the French one',
      'My sister has the French one at three times the price and we could not tell the soups apart.',
    ],
    ['Stays on the table', 'We serve out of it because it is simply nice to look at.'],
    ['Chili for ten', 'Held chili for ten on a low flame all evening without scorching.'],
    ['Heirloom', 'I am forty-six and this is the first pot I intend to leave to somebody.'],
    ['Light-colored inside', 'You can see the fond turn brown, which you never can in a black pot.'],
    ['Sixth month', 'No stains, no chips, and it goes in the oven twice a week.'],
    ['The lid is the point', 'You can hear how heavy the lid is. Nothing dries out.'],
    ['Gift to myself', 'Waited for the sale, then did not, and I am not sorry.'],
  ],
  like: [
    ['Lovely pot', 'Even heat and a finish that wipes clean.'],
    ['Glad I chose it', 'Does everything from risotto to a pork shoulder.'],
    ['Great, with care', 'Works a treat, as long as everyone in the house knows not to use the metal spoon.'],
    ['Good size', 'Big enough for the four of us with leftovers for lunch.'],
  ],
  mixed: [
    ['Color differs', 'Nice pot, but the color is a good deal darker than on my screen.'],
    ['Good but stains', 'A turmeric curry left its mark on the inside and it has not come out.'],
  ],
  dislike: [
    ['Chipped', 'A flake of enamel came off the rim in the second week.'],
    ['Too heavy', 'Empty it is a workout. Full I do not dare.'],
  ],
  praise: [
    'The handles are wide enough for mitts.',
    'Cleans with a soak and a soft sponge.',
    'Packed so well that it took me ten minutes to get it out.',
    'It goes on my induction top without humming.',
    'I would buy the other size too if I had the shelf.',
    'The first thing I cooked in it was the chicken from the card in the box, and it was good.',
  ],
  gripes: [
    'The knob on the lid gets very hot.',
    'It takes a while to come up to heat.',
    'You need a strong shelf.',
    'A recipe booklet would have been nice.',
  ],
};

const chefsKnife: Voice = {
  love: [
    [
      'Paper, tomato, ripe peach',
      'It passed all three, in that order, and then it passed my brother-in-law.',
    ],
    [
      'No more wrist pain',
      'I prep for a soup kitchen on Mondays, and forty pounds of carrots are no longer a punishment.',
    ],
    [
      'Came back like new',
      'Sent it in for sharpening after a year. Back in nine days, sharper than when it was new.',
    ],
    ['Through a squash like butter', 'I used to dread butternut squash. Now I look for excuses.'],
    ['Sharp and stays so', 'Four months of daily use and it still takes a tomato without pressing.'],
    ['The balance', 'It does not feel like holding a tool, it feels like pointing.'],
    ['My German ones are sulking', 'I have a block of German knives that I have not opened since.'],
    ['Gift for a cook', 'Given to a line cook, who does not say thank you for much. He said thank you.'],
    ['Thin where it matters', 'The onion does not crack apart, it just falls into slices.'],
    ['Pretty and useful', 'So nice to look at that I expected it to be a bit useless. It is not.'],
    ['Small hands', 'I have small hands and most of these are made for giants. Not this.'],
  ],
  like: [
    ['Excellent edge', 'Out of the box it was sharper than anything I own.'],
    ['Very nice', 'Good steel and a comfortable grip. It keeps an edge better than I do.'],
    ['Recommended', 'Does exactly what you want and wipes clean.'],
  ],
  mixed: [
    ['Good, but mind the care', 'Cuts beautifully, but the handle went pale after a few washes.'],
    ['Nice, not magic', 'It is a good one. I am not sure it is this much better than my old one.'],
  ],
  dislike: [
    ['Chipped tip', 'The tip broke off on a squash. Perhaps my fault, but still.'],
    ['Dull too soon', 'Was very sharp for three weeks and then it was like all the others.'],
  ],
  praise: [
    'The fit between steel and handle is perfect, no gap to catch food.',
    'I ordered the whetstone with it, and that was wise.',
    'It feels right from the first cut.',
    'Came in a plain box with no plastic at all.',
    'My partner hides it from guests.',
  ],
  gripes: ['I would like a sheath for it.', 'You do have to dry it by hand.', 'It took a week to arrive.'],
};

const mug: Voice = {
  love: [
    ['The good mug', 'There are nineteen mugs in this house and everyone wants this one.'],
    ['Whole hand fits', 'I have big hands and for once I do not have to pinch it with two fingers.'],
    ['Keeps warm', 'The walls are thick enough that I get to the end of the coffee before it gets cold.'],
    ['Bought one, then four', 'Ordered one to see, and was back for four more by the weekend.'],
    ['Feels right', 'Hard to explain, but it sits in your hand as if it had been measured for it.'],
    [
      'Each one different',
      'They are all a bit different, so the kids have stopped arguing over whose is whose.',
    ],
    ['Survived the tiles', 'Dropped it on a tiled floor. I am as surprised as you are: not a scratch.'],
    ['Perfect gift', 'My go-to present for people who say they do not need anything.'],
    ['Even nicer in person', 'The finish has more depth than the pictures show.'],
    ['Desk companion', 'Wide foot, does not tip. Considering what is on my desk, that matters.'],
    ['Dishwasher every night', 'Has been through the dishwasher every night for a year and looks new.'],
    ['Morning ritual', 'Silly to say, but it makes me get up a bit more willingly.'],
  ],
  like: [
    ['Lovely', 'Pretty, practical and a good size.'],
    ['Nice weight', 'Solid without being clumsy.'],
    ['Happy', 'Good drinking edge, and it fits under the machine.'],
    ['As described', 'What you see is what you get, and that is a compliment.'],
    ['Almost a favorite', 'Would be my favorite if it held two ounces more.'],
  ],
  mixed: [
    ['Color was off', 'Nice enough, but it is greener than on the site.'],
    ['Heavier than expected', 'A handsome thing that my mother can’t lift comfortably when it is full.'],
    ['One of four', 'Three were perfect and one had a rough spot on the rim. They replaced it.'],
  ],
  dislike: [
    ['Broke in the mail', 'Came in two pieces. The replacement is on its way, they say.'],
    ['Chipped quickly', 'A chip on the rim in the first month, and I am careful.'],
  ],
  praise: [
    'The handle is a real handle.',
    'It fits the cup holder of my truck, just.',
    'Holds exactly one refill from my small pot.',
    'Came wrapped in paper, no plastic.',
    'It stacks with the ones I had.',
    'My coffee tastes better in it and I will not discuss it.',
    'I like that the base is left rough.',
  ],
  gripes: [
    'It gets quite hot in the microwave.',
    'The base scratches my table a little.',
    'A saucer would be nice.',
    'I had to wait for my color to come back in.',
  ],
};

const plates: Voice = {
  love: [
    ['Soup does not travel', 'You can carry it across a room full of children with soup in it. I have.'],
    ['Before the boxes', 'First thing we bought for the new house, and the boxes are still not unpacked.'],
    ['Weighty', 'They do not slide about, and they do not clatter like our thin ones did.'],
    ['Restaurant look', 'Our daughter said that it looked like a restaurant. It was fish sticks.'],
    [
      'Replaced the wedding china',
      'The wedding china has gone up to the attic. This is what we were waiting for.',
    ],
    [
      'Makes dinner look better',
      'I serve the same three dinners as ever, and suddenly people photograph them.',
    ],
    ['Stacks well', 'A stack of eight takes up less room than my old six.'],
    ['A year on', 'A year of two small children and we have lost one. One!'],
    ['Quietly beautiful', 'Not showy. You notice it on the third or fourth evening.'],
    ['Mixed the colors', 'I could not decide, so I took all of them, and together they look best.'],
    ['Just the right depth', 'The low wall means nothing ends up on the tablecloth.'],
  ],
  like: [
    ['Very nice quality', 'Feels solid and comes out of the dishwasher clean.'],
    ['Good everyday set', 'Nice enough for guests and tough enough for Tuesdays.'],
    ['Lovely glaze', 'Every piece a bit different, in a good way.'],
  ],
  mixed: [
    ['Knife marks', 'Pretty, but cutlery leaves gray marks that need scouring powder.'],
    ['Not quite matching', 'My second order was a shade lighter than the first.'],
    ['Heavy', 'A full stack is more than I like to lift into an overhead cupboard.'],
  ],
  dislike: [
    ['Two broken', 'Two of four arrived broken. The packing did not look enough.'],
    ['Dulled', 'They came out of the dishwasher cloudy after a month.'],
  ],
  praise: [
    'I love that I can replace single pieces.',
    'They go in the oven to warm up.',
    'We ordered two more for guests.',
    'The packaging was paper and straw.',
    'Even my teenager commented.',
  ],
  gripes: [
    'They scratch a little.',
    'I wish there were a side plate to match.',
    'They are warm to the touch after the microwave.',
  ],
};

const enamelMug: Voice = {
  love: [
    [
      'Thirty years old already',
      'I put it in the fire on the first weekend, and now it looks thirty years old. Perfect.',
    ],
    ['Bounces', 'Dropped off the dock steps, all eleven of them. One chip, and I rather like it.'],
    ['Kids’ mugs', 'One color for each child and no more arguments.'],
    ['Toothbrushes too', 'Two for coffee, one for toothbrushes, one for pencils.'],
    ['Light for the pack', 'Weighs nothing and hangs off a strap.'],
  ],
  like: [
    ['Good camp mug', 'Does what a tin mug does, and the enamel is thicker than usual.'],
    ['Cheerful', 'Bright colors, nice and smooth at the rim.'],
    ['Handy', 'Used for measuring flour as often as for tea.'],
    ['Good value', 'Four of these cost less than one mug from the museum shop.'],
  ],
  mixed: [
    ['Burns your lip', 'With boiling tea you wait ten minutes. Steel is steel.'],
    ['Chips', 'Two weeks, two chips. I know it is part of it.'],
  ],
  dislike: [['Cools in no time', 'Pretty, but my coffee was cold before I had sat down.']],
  praise: [
    'They stack, more or less.',
    'The red has not faded.',
    'The dishwasher does it no harm.',
    'We keep six on the boat.',
  ],
  gripes: ['It could hold a little more.', 'No good in a microwave, of course.', 'The handle gets warm.'],
};

export const kitchenVoices = { skillet, dutchOven, chefsKnife, mug, enamelMug, plates };
