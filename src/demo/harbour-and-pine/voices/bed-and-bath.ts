import type { Voice } from '../../sketch.ts';

const sheets: Voice = {
  love: [
    ['Never going back', 'I slept in a hotel last week, on cotton, and lay awake feeling sorry for myself.'],
    ['Hot sleeper', 'I run hot and my husband is always cold. This is the first thing we agree on.'],
    ['Softer every week', 'Nice on the first night, and noticeably softer after each wash.'],
    ['Stays on the bed', 'The corners are so deep that the sheet has not come off once, and I thrash.'],
    ['Do not iron', 'I hung them out in the wind and put them straight on. The creases are the look.'],
    ['Color like the sea at five o’clock', 'Hard to photograph, lovely to wake up in.'],
    ['Saved up for it', 'Saved for three months. I should have started sooner.'],
    ['Summer nights', 'Without it I would not have slept in July.'],
    ['Ordered a second', 'Bought a second so I never have to wait for the laundry.'],
    ['Looks like a magazine', 'Unmade, it looks like a magazine. That alone is worth money.'],
    ['Eighteen months', 'A year and a half in weekly use, and not one thin spot.'],
    ['Teenager got out of bed for it', 'My son asked for it for his birthday. He is sixteen. Sixteen!'],
  ],
  like: [
    ['Lovely linen', 'Good weight, nicely finished, washes well.'],
    ['Very comfortable', 'Took some washes before it was soft enough for me, and now it is.'],
    ['Good quality', 'You can feel that this is not the thin stuff.'],
    ['Pretty color', 'A little lighter than I had pictured, and I have come to like that.'],
    ['Happy customer', 'Deep pockets, strong seams, no complaints about the sleep.'],
  ],
  mixed: [
    ['Scratchy at first', 'I was not sure for the first month. It is better now.'],
    ['Lint', 'There was so much lint in the dryer that I thought it had dissolved.'],
    ['Wrinkles', 'I knew linen creases. I did not know how much I would mind.'],
  ],
  dislike: [
    ['A hole in a month', 'A seam gave way by the foot after four washes.'],
    ['Too rough for me', 'I gave it six washes and still prefer my old cotton.'],
  ],
  praise: [
    'It dries on the line in an hour.',
    'The elastic goes all the way round.',
    'It comes tied up in a strip of its own fabric, and now that ties the curtains.',
    'I wash it at a hundred degrees with nothing special.',
    'The cats approve too.',
    'It goes with the old quilt better than I dared to hope.',
    'Worth waiting for the color I wanted.',
    'You stop noticing it, which is the best I can say of bedding.',
  ],
  gripes: [
    'It took three washes to stop shedding.',
    'It is a lot of money.',
    'I would like to buy the top sheet on its own.',
    'The label is sewn in where my feet are.',
    'My color was out of stock for weeks.',
  ],
};

const waffleTowel: Voice = {
  love: [
    ['Guests ask', 'Every guest asks where they are from, and every guest has dried off properly.'],
    ['Feels like a massage', 'That ribbed feel wakes you up. I look forward to it.'],
    ['Dry by lunchtime', 'We live by the water and nothing ever dries. This does.'],
    ['Drinks it up', 'One pass and you are done.'],
    ['Half the shelf', 'Six of these take the place of three of our old ones.'],
    ['Beach to bath', 'Goes along to the beach and back into the bathroom, and nobody can tell.'],
  ],
  like: [
    ['Good after a wash', 'Wash it first! Out of the bag it hardly takes water at all.'],
    ['Light and practical', 'Nothing to wrestle into the washing machine.'],
    ['Nice colors', 'They have held well so far.'],
  ],
  mixed: [
    ['You like it or you don’t', 'I love it. My wife wants terry back.'],
    ['Shrinks a lot', 'They warn you, but a tenth is more than you think.'],
    ['Snags', 'A ring or a cat will pull a loop in no time.'],
  ],
  dislike: [
    ['Frayed', 'The edge came undone in the third wash.'],
    ['Back to terry', 'We tried for a month, all of us. Nobody was won over.'],
    ['Scratchy', 'Feels like drying off with a cracker.'],
    ['Too thin', 'I had expected something with more body.'],
  ],
  praise: [
    'My swim bag weighs half of what it did.',
    'Does not smell, even in a damp house.',
    'I take one to the gym.',
    'They are still the same color after a summer outdoors.',
    'The loop holds.',
    'I have ordered the hand size as well.',
  ],
  gripes: [
    'The first wash fills the lint trap.',
    'I would hang it up by both loops, if it had two.',
    'It is not fluffy, if that is what you want.',
    'It has to go in a cool wash.',
    'It could be a bit wider.',
  ],
};

export const bedAndBathVoices = { sheets, waffleTowel };
