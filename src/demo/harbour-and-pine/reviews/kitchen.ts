import type { WrittenReviews } from '../../sketch.ts';

export const kitchenReviews: WrittenReviews = {
  'HP-1003': [
    [
      5,
      'Pancakes for seven',
      'Seven kids at a sleepover, two burners, one griddle. I was a hero until about ten o’clock.',
    ],
    [
      5,
      'The ridges are deep',
      'Most grill pans only draw lines on things. This one leaves the fat in the groove where it belongs.',
    ],
    [
      4,
      'Great, if you have the room',
      'Cooks very evenly over two gas burners. It lives in the oven because nothing else is long enough.',
    ],
    [
      3,
      'Middle stays cooler',
      'On my electric range there is a strip between the burners where the bacon lags behind. Otherwise well made.',
    ],
  ],
  'HP-1004': [
    [
      5,
      'Follow the leaflet',
      'Burn it in properly, ignore the smoke alarm, and after three stir-fries nothing sticks.',
    ],
    [4, 'Proper wok', 'Thin, fast and light enough to toss with one hand. I sanded the handle a little.'],
    [
      2,
      'Rust spots',
      'I dried it, I oiled it, and there are rust spots after a week in the cupboard. Maybe it is our sea air.',
    ],
  ],
  'HP-1005': [
    [
      5,
      'Porridge test passed',
      'No skin in the corners, no brown bits. I have ruined four pans with porridge and this is not one of them.',
    ],
    [
      5,
      'Pours from anywhere',
      'Such a small thing, and now I notice how badly every other pan in the house pours.',
    ],
    [5, 'Bought all three', 'Started with the two-quart one. The others followed within the year.'],
    [
      5,
      'Marks inside',
      'Cups and milliliters on the inside, etched and not printed. I measure rice and water in the pan.',
    ],
    [
      4,
      'Handle is fine, lid is great',
      'The lid seals so well that you have to twist it to get it off. The handle could be a bit thicker.',
    ],
    [
      4,
      'Good and heavy',
      'No rattle, no rivets to trap food. Shows water spots if you let it dry by itself.',
    ],
    [4, 'Replaced a copper one', 'Heats almost as fast and I do not have to polish it.'],
    [3, 'Rainbow stains', 'They come off with vinegar, but I did not expect them on the second day.'],
    [
      5,
      'Left it on and forgot',
      'Boiled it dry during a phone call. An hour of soaking, some steel wool, and no harm done.',
    ],
  ],
  'HP-1006': [
    [
      5,
      'Two lobsters, as promised',
      'Two and a half pounders, both in, lid on. The basket on the rim is a clever touch.',
    ],
    [
      4,
      'Stock pot all winter',
      'We have had one clambake and thirty chicken stocks out of it. It takes a while to come to the boil.',
    ],
    [4, 'Big', 'It is exactly as large as the number says and I still was not ready for it.'],
  ],
  'HP-1102': [
    [5, 'Strawberry season', 'Hulled eleven quarts for jam with it and my thumb did not hurt.'],
    [
      4,
      'Odd shape, good idea',
      'You need to get used to the curve. Then you will not want a straight one back.',
    ],
    [5, 'The sheath makes it', 'It goes into the lunch bag, the boat bag and the car. I am on my second.'],
  ],
  'HP-1103': [
    [5, 'Handsome brute', 'The large one weighs more than my toddler and does not move an inch.'],
    [5, 'Kind to knives', 'My knives stay sharp about twice as long as on the old plastic board.'],
    [5, 'Groove catches it all', 'A whole roast rested on it and nothing reached the counter.'],
    [
      4,
      'Oil it at once',
      'Mine drank half a bottle of board oil on the first evening. Since then it looks like honey.',
    ],
    [5, 'Kitchen centrepiece', 'We ended up building the island around it. Not a joke.'],
    [4, 'Small is small', 'Lovely quality. The small one is really for cheese and lemons, so go up a size.'],
    [
      3,
      'Hairline crack',
      'One block has a fine crack at the edge. It has not grown, and they sent me a bottle of oil by way of apology.',
    ],
    [5, 'Scars well', 'A year of daily chopping and it looks better for it.'],
  ],
  'HP-1104': [
    [
      5,
      'You feel the dough',
      'Without handles you feel where it is thick. My crusts have been round ever since.',
    ],
    [5, 'Thirty-one pies', 'Thirty-one pies for the church supper. My wrists were fine.'],
    [4, 'Lovely wood', 'Very smooth. I would have liked a bag or a hook for it.'],
  ],
  'HP-1203': [
    [
      5,
      'Straw and all',
      'Came packed in straw like eggs. They really do not burn your fingers, I have no idea how.',
    ],
    [4, 'Tiny and right', 'For espresso only, as it says. My mother tried to have tea from one.'],
    [4, 'Present for a barista', 'He uses one for coffee and keeps salt in the other.'],
  ],
  'HP-1204': [
    [5, 'Sunlight in them', 'They throw bubbles of light on the tablecloth at breakfast.'],
    [4, 'Sturdy', 'Heavier than they look. One went over on the deck and rolled, and that was all.'],
    [
      3,
      'All different sizes',
      'I get that they are handmade, but one is half an inch taller than its brothers.',
    ],
    [2, 'Cloudy', 'They say to wash by hand. I did not read it, and now they look like sea glass.'],
    [5, 'Cocktails to toothbrushes', 'We have ordered twice. They end up in every room.'],
    [2, 'One cracked', 'One cracked with iced tea in it. They did send another.'],
  ],
  'HP-1207': [
    [5, 'No two alike', 'Mine has a knot shaped like an eye. We have named it.'],
    [
      4,
      'Smells of olives',
      'It smelled strongly of olive wood for two weeks, not that I minded. Oil it often at first.',
    ],
    [
      3,
      'Crack got longer',
      'I know cracks are part of it. This one has grown, so I am keeping an eye on it.',
    ],
  ],
  'HP-1302': [
    [5, 'You can’t tell', 'I have served it to two coffee snobs after dinner and confessed afterwards.'],
    [4, 'Best decaf I have had', 'Dark and sweet. Loses a little after three weeks in the bag.'],
    [4, 'Sleep!', 'I get my evening cup and my sleep. A bit darker than I would roast it.'],
    [5, 'Pregnant and grateful', 'Nine months of this. It got me through.'],
    [3, 'A bit smoky', 'Fine with milk, a little burnt without.'],
  ],
  'HP-1303': [
    [5, 'A wood stove in a cup', 'Exactly as they write: just enough smoke, and you look up for the stove.'],
    [
      4,
      'Stands up to milk',
      'I forgot a pot for twenty minutes and it was still drinkable. I mix it half and half with plain Assam.',
    ],
    [2, 'Bacon', 'My whole kitchen smells of bacon, and I do not eat bacon.'],
    [3, 'Very fine leaf', 'Good flavour, but the dust gets through my strainer.'],
    [
      5,
      'The tin has nails in it',
      'They were right about the tin. I had to order more tea because I need a second one for screws.',
    ],
  ],
  'HP-1304': [
    [
      5,
      'Holds its heat',
      'My glass one went cold half way through the pour. This one you warm once and it stays warm.',
    ],
    [
      5,
      'The little window',
      'I used to overflow the mug every other morning. The window in the foot has ended that.',
    ],
    [
      4,
      'Ordinary filters, hurray',
      'Takes the filters from any supermarket. The small one is a bit small for my 14 oz mug.',
    ],
    [5, 'Threw out the machine', 'We gave the machine to my brother and got half a counter back.'],
    [3, 'Drains slowly', 'With a fine grind it takes almost five minutes. Coarser is better, I have found.'],
    [
      4,
      'Good-looking',
      'Slate is a very nice dark blue-gray. It has a matte finish that shows coffee drips.',
    ],
  ],
  'HP-1305': [
    [5, 'You are in charge', 'The water goes where I point it and as slowly as I like.'],
    [4, 'Nice, but watch the flame', 'Keep the gas low, or the handle heats up. They do say so.'],
    [5, 'Thermometer is accurate', 'Checked it against my lab one at work. Half a degree out at the boil.'],
    [3, 'Small', 'One quart is one quart. When there are four of us I boil it twice.'],
    [5, 'For plants as well', 'Confession: I mostly use it on my orchids. Ten out of ten.'],
  ],
  'HP-1306': [
    [5, 'Forty seconds', 'Timed it. Forty-two for twenty grams, and I am not strong.'],
    [
      5,
      'Grounds all the same size',
      'The improvement over my blade grinder is embarrassing. I apologize to all guests since 2015.',
    ],
    [5, 'Goes in the pack', 'Takes up as much room as a can of beans and comes on every trip.'],
    [4, 'Clicks are precise', 'I do wish there were a mark for where I started. I use a dab of nail polish.'],
    [5, 'Apart without tools', 'Brushed out in a minute, and it goes back together at the same setting.'],
    [4, 'A bit of a workout', 'Light roasts take some muscle. Think of it as breakfast exercise.'],
    [5, 'Got it in the sale', 'Watched it for months and pounced when it came down. Wish I had not waited.'],
  ],
  'HP-1307': [
    [5, 'Not one drip', 'Five years of tea-stained tablecloths are over.'],
    [4, 'Right for me', 'Sixteen ounces: two mugs on my own or one each. The basket comes out easily.'],
  ],
  'HP-1401': [
    [5, 'Actually dries things', 'Unlike every pretty towel I was ever given, this one dries.'],
    [
      5,
      'Grandmother quality',
      'Feels like the ones in my grandmother’s drawer, down to the loop on the long side.',
    ],
    [
      5,
      'No fluff on the glasses',
      'I polish glasses for a living. I bought these for home and took them to work.',
    ],
    [4, 'Stiff, then lovely', 'The first two washes are needed. After that they do not stop getting nicer.'],
    [4, 'Good present', 'Light to mail, useful, and does not have to match anything.'],
    [3, 'Creases', 'I fold them nicely and they look slept in. Dries well, though.'],
    [
      5,
      'Used for everything',
      'Bread proofing, straining yogurt, wrapping a present. The set was three, I need six.',
    ],
  ],
  'HP-1402': [
    [
      5,
      'No more neck ache',
      'I bake for four hours on Saturdays, and this is the first apron after which nothing hurts.',
    ],
    [4, 'Good canvas', 'Softened after two washes. I am short, and it reaches my shins.'],
    [
      5,
      'The towel loop',
      'I had stopped believing that anyone who designs aprons cooks. Somebody here does.',
    ],
    [
      4,
      'Pockets are deep',
      'Phone in one, thermometer in the other. It takes a moment to work out how to put it on.',
    ],
    [3, 'Runs wide', 'The straps slide off my narrow shoulders. My husband now has it and it suits him.'],
  ],
};
