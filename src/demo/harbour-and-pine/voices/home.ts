import type { Voice } from '../../sketch.ts';

const woolThrow: Voice = {
  love: [
    ['The dog has claimed it', 'It was for the sofa. It is now the dog’s, and the dog has taste.'],
    ['Warm without weight', 'I expected something heavy. You forget it is there, except that you are warm.'],
    ['Soft on both sides', 'Not itchy at all, and I am the sort who cuts labels out of everything.'],
    ['Color is perfect', 'I held it next to the sofa and laughed out loud, it was so exact.'],
    ['Fights break out', 'There is one blanket and three of us. We need two more.'],
    ['Smells like sheep, briefly', 'For two days it smelled of the mill, and I was sorry when it stopped.'],
    ['On the porch in October', 'Sat outside until ten at night with the wind off the water. Says it all.'],
    ['Proper weaving', 'I weave a bit myself, and this is very even, careful work.'],
    [
      'Gave it to my parents',
      'My father is never cold in any admitted way. He has it on his knees right now.',
    ],
    ['Big enough', 'I am six foot two and it covers me from the chin to the toes.'],
    ['Third winter', 'It is on its third winter and has hardly pilled.'],
  ],
  like: [
    ['Really lovely', 'Beautiful and warm, and it hangs nicely over a chair.'],
    ['Good quality', 'Nice weave and well finished at the ends.'],
    ['Cozy', 'Just right for reading under.'],
    ['Pleased with it', 'A little thinner than I pictured, though it does the job.'],
  ],
  mixed: [
    ['Sheds at first', 'Left fluff on every black thing I own for a month.'],
    ['Nice, a bit narrow', 'Fine for one, but not for two, whatever the text says.'],
    ['Color not for us', 'Good blanket, wrong color; it looks grayer in daylight.'],
  ],
  dislike: [
    ['Itchy', 'I can’t have it against bare skin for more than a minute.'],
    ['Pulled threads', 'The cat found a loop on the first evening.'],
  ],
  praise: [
    'The fringe has stayed neat.',
    'It airs out overnight and does not need washing.',
    'It came folded in paper with a string around it.',
    'We use it as a bedspread in summer.',
    'Worth every cent in a house like ours.',
    'It looks expensive even when it is thrown on the floor.',
  ],
  gripes: [
    'It sheds on dark clothes in the first weeks.',
    'I wish it were a foot longer.',
    'Not cheap, though you see where the money went.',
    'It wants airing when it is new.',
  ],
};

const candle: Voice = {
  love: [
    ['Not perfumey', 'For once something that smells of outside and not of a department store.'],
    ['Campfire in February', 'My whole childhood in Washington County came up the stairs.'],
    ['No headache', 'Scented things give me migraines. This does not.'],
    ['Fills the room gently', 'You notice it when you come in and forget it when you stay.'],
    ['Even to the edge', 'Burns flat and clean, with nothing left on the glass.'],
    ['Visitors ask', 'Everyone who comes in asks what it is.'],
    ['My winter smell', 'I light it when the clocks change and it lasts me until the ice is out.'],
  ],
  like: [
    ['Lovely scent', 'Natural and not too strong.'],
    ['Good burn', 'Lasts about as long as they promise.'],
    ['Nice present', 'Smells good, looks good, and wraps easily.'],
    ['Subtle', 'I would like it a touch stronger, but better this than the other way.'],
  ],
  mixed: [
    ['Too faint for our hall', 'Nice up close, but you can’t smell it from across the room.'],
    ['Smoke is smoke', 'It does smell of a bonfire. My husband went round checking the sockets.'],
    ['Tunnelled', 'It burned straight down the middle, although I gave it hours the first time.'],
  ],
  dislike: [
    ['Did not last', 'Gone in half the time that they promise.'],
    ['Smells of tar', 'I know, it says so. I did not think they meant it.'],
  ],
  praise: [
    'The glass is a whisky tumbler now.',
    'I have ordered it as a refill for my sister.',
    'The typed label is a nice touch.',
    'Came with matches.',
    'It does well in a bathroom.',
  ],
  gripes: [
    'I wish it came in a bigger size.',
    'My favorite is always sold out.',
    'A lid would keep the dust off.',
    'A little pricey.',
  ],
};

const tarSoap: Voice = {
  love: [
    ['Boat shed in a bar', 'My father built boats, and this is what his hands smelled like.'],
    ['Gets the grease off', 'I fix outboards. This is the one that works.'],
    ['No more cracked knuckles', 'First winter in years that my hands have not split.'],
    ['Lasts and lasts', 'Keep it dry between times and it goes on for ages.'],
  ],
  like: [
    ['Good stuff', 'Rinses off clean and leaves no film.'],
    ['Grows on you', 'Odd at first, and now the bathroom seems wrong without it.'],
    ['Gentle', 'Fine on my eczema, which is more than I can say of most.'],
  ],
  mixed: [
    ['Camp only', 'I love it outdoors. In the house I find it a bit much.'],
    ['Strong smell', 'It works, but the smell is in the towels as well.'],
    ['Not for the face', 'Good on the hands and too drying elsewhere.'],
  ],
  dislike: [
    ['Not on my skin', 'It made my hands dry and tight, and I really wanted to like it.'],
    ['Cracked in half', 'The bar broke in two in the first week.'],
    ['Smells like a road', 'It says tar and it is tar. I put it in the garage.'],
    ['My family revolted', 'I was outvoted three to one and it had to go.'],
  ],
  praise: [
    'The dog lets me wash him with it.',
    'I like that there is no plastic.',
    'The whole workshop uses it now.',
    'It makes a proper lather even in hard water.',
    'I buy several at a time.',
  ],
  gripes: [
    'Keep it away from white washcloths.',
    'Paper band and all, the mailbox smelled of it.',
    'It leaves a brown ring on the dish.',
    'It softens if it sits in water.',
    'I would like a milder version.',
  ],
};

export const homeVoices = { woolThrow, candle, tarSoap };
