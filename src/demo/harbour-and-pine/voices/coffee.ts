import type { Voice } from '../../sketch.ts';

const coffee: Voice = {
  love: [
    ['House coffee now', 'We have been through eleven bags. I think that makes it the house coffee.'],
    ['Fresh', 'The stamp said Tuesday and it was in my grinder on Friday.'],
    ['Forgiving', 'I weigh nothing and time nothing and it is good anyway.'],
    ['Chocolate and orange, really', 'I usually laugh at tasting notes, but there is orange in there.'],
    ['No bitterness', 'The first coffee my wife drinks without sugar.'],
    ['Office approved', 'Six people, six opinions, one bag we agree on.'],
    ['Great as espresso', 'Thick, sweet shots from a fairly basic machine.'],
    ['Smells the whole house up', 'Opening the bag is half of the pleasure.'],
    ['Better than my subscription', 'I cancelled a subscription that cost twice as much.'],
    ['Works in a moka pot', 'Never harsh, even in my battered old moka pot.'],
    ['Cold brew', 'Eighteen hours in the fridge, and it tastes like dessert.'],
  ],
  like: [
    ['Good daily coffee', 'Round, mild and dependable.'],
    ['Solid blend', 'Not the most exciting cup I have had, but one I want every morning.'],
    ['Nice and fresh', 'Plenty of bloom, and it keeps for three weeks if you close the bag.'],
    ['Very drinkable', 'I like mine a notch darker, but this disappears fast.'],
    ['Good value in the big bag', 'Takes us a month and stays fresh to the end.'],
  ],
  mixed: [
    ['A bit tame', 'Pleasant, but I was hoping for more fruit.'],
    ['Grind too coarse', 'The coffee is fine. The pre-ground was coarser than I need.'],
    ['Good, then not', 'The first bag was excellent and the second only all right.'],
  ],
  dislike: [
    ['Flat', 'I do not get any of the flavors on the label.'],
    ['Late', 'It took nine days to get here, so much for fresh.'],
  ],
  praise: [
    'I brew it at one to sixteen.',
    'The paper bag goes in the compost.',
    'Three bags at once bring the price down nicely.',
    'The two-pound bag is the better deal.',
    'We drink it black, and so do the guests.',
    'I have tried a dozen roasters on this coast.',
    'There was a handwritten note in the parcel.',
  ],
  gripes: [
    'The bag does not close well without a clip.',
    'I wish there were a subscription.',
    'Shipping costs nearly as much as a bag.',
    'A darker version would be welcome.',
  ],
};

export const coffeeVoices = { coffee };
