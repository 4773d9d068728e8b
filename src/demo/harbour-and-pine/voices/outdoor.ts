import type { Voice } from '../../sketch.ts';

const bottle: Voice = {
  love: [
    ['Hot at hauling time', 'Filled at four in the morning, and still too hot to gulp at ten.'],
    ['Fell off a roof', 'It fell off a roof I was shingling. One dent, still tight.'],
    ['Does not leak', 'It lies on its side in my bag, next to the laptop. I trust it.'],
    ['Spare seals!', 'I wrote to ask for a seal and had it in three days for two dollars.'],
    ['Easy to clean', 'You can get your hand, or at least a brush, right into it.'],
    ['Ice until evening', 'Ice cubes from the morning were rattling at supper.'],
    ['Good grip', 'The coating holds even with wet gloves on.'],
    ['School run hero', 'Has survived second grade. I do not know what more to say.'],
    ['Better than the famous one', 'My old one had the famous name and half the heat.'],
  ],
  like: [
    ['Works well', 'Keeps warm for as long as I need it to.'],
    ['Good flask', 'Simple, sturdy, and it fits the side pocket of my pack.'],
    ['Nice color', 'And the paint has hardly chipped in a year of work.'],
    ['Reliable', 'No drips, no smell, no fuss.'],
  ],
  mixed: [
    ['Heavy', 'It keeps hot, but you feel it in the bag.'],
    ['Lid takes two hands', 'Fine in the kitchen and not so fine while driving.'],
  ],
  dislike: [
    ['Leaked', 'Mine leaked from the first day. A new seal helped for a week.'],
    ['Lukewarm', 'By noon it is warm at best.'],
  ],
  praise: [
    'My husband drinks from the cup and I drink from the bottle.',
    'It stands firm on a tilting deck.',
    'I bought it for a friend first, and then for myself.',
    'The seal was easy to find and to fit.',
    'I warm it up first with boiling water, as the card says.',
    'No metal taste.',
    'It comes apart completely.',
    'My whole crew has them now.',
    'The cup lid is a decent size.',
    'I have two, one for water.',
  ],
  gripes: [
    'It does not fit my cup holder.',
    'The bottom scuffs.',
    'I wish it had a loop to carry it by.',
    'A lot for a flask, if not for this one.',
  ],
};

const rucksack: Voice = {
  love: [
    ['Bought it for one trip', 'Two years and some forty trips later, it is still the one by the door.'],
    ['Roll top wins', 'Full, you roll it twice. Half empty, four times. It always fits what is in it.'],
    ['Laptop is safe', 'Knocked it off a chair with the laptop in the sleeve, and nothing happened.'],
    ['Gets better', 'It looked fine when new. It looks great with a year of ferry on it.'],
    ['Everything fits', 'Laptop, sweater, lunch, two library books, and it still closes.'],
    ['Rained on, dry inside', 'Biked home in a thunderstorm. Nothing inside was damp.'],
    ['No hanging straps', 'Nothing dangles and nothing flaps. It is just a good bag.'],
    ['Stitching like a sail', 'My uncle is a sailmaker and nodded, which is as good as it gets.'],
    ['Compliments', 'A stranger on the train asked me about it. Twice.'],
    ['Carries well', 'It sits close to the back and does not swing.'],
  ],
  like: [
    ['Strong and simple', 'Good canvas, good seams, good size.'],
    ['Very nice bag', 'Smells of wax at first, which I happen to like.'],
    ['Nearly perfect', 'Could do with one more inside pocket.'],
    ['Well made', 'The hardware is the heavy kind.'],
  ],
  mixed: [
    ['Wax comes off', 'Left a mark on a light coat. It has stopped now.'],
    ['Heavy when empty', 'Beautiful, but you are carrying three pounds before you start.'],
  ],
  dislike: [
    ['Strap pulled out', 'One end of the strap came away with only books inside.'],
    ['Too stiff', 'It does not fold, it does not give, and I gave up.'],
  ],
  praise: [
    'The strap is wide enough not to cut in.',
    'It fits under the seat.',
    'I sponge it down and that is that.',
    'My daughter has already asked to inherit it.',
    'The color has faded just as I hoped.',
  ],
  gripes: [
    'I miss a place for a bottle.',
    'The wax needs a warm day to settle.',
    'The strap could be a hand longer.',
    'It takes a while to soften.',
  ],
};

export const outdoorVoices = { bottle, rucksack };
