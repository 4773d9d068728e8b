import type { WrittenReviews } from '../../sketch.ts';

export const homeReviews: WrittenReviews = {
  'HP-2002': [
    [5, 'Dog-proof', 'It has been through the washing machine every week since June and comes out the same.'],
    [
      4,
      'Summer blanket',
      'Light, cool and big. The knots on the fringe come undone if you do not catch them.',
    ],
    [5, 'Two people who like each other', 'It really is big enough for both of us, and we do.'],
    [
      4,
      'Chalk is warm white',
      'Not a cold white at all, which is what I wanted. It creases less than I feared.',
    ],
    [3, 'Loose weave', 'Pretty, but my rings catch in it.'],
    [5, 'Bedspread', 'We use it on the guest bed from May to September. Compliments every time.'],
  ],
  'HP-2003': [
    [5, 'The zipper disappears', 'I had to look for the zipper, that is how neatly it is set in.'],
    [
      5,
      'They do go together',
      'I bought three colors without seeing them and they look as if someone with taste had chosen them.',
    ],
    [
      4,
      'Size up the insert',
      'The covers are lovely. Take their inserts and not your old ones, mine looked half empty.',
    ],
    [4, 'Creases nicely', 'Washes well. It will look like linen, because it is.'],
    [3, 'Clay is pink', 'To me that is pink. Nice pink, but pink.'],
  ],
  'HP-2004': [
    [4, 'Fat, as promised', 'It takes a punch and comes back. The odd feather finds its way out.'],
    [5, 'Big difference', 'The cushions I have had for years look new with these in them.'],
  ],
  'HP-2102': [
    [5, 'For the bathroom', 'Just enough, and nobody has to remember to blow it out.'],
    [
      2,
      'Gone in two months',
      'Turned the reeds once a week as told, and it was dry after two months. Ours is a warm hall.',
    ],
    [4, 'Bayberry', 'Smells of the path down to the beach. I wish it came as a refill.'],
    [3, 'Very faint', 'You smell it for the first week, then only the guests do. Maybe that is the point.'],
  ],
  'HP-2103': [
    [5, 'Stays where you put it', 'You push it, it stays. I did not know how much I had missed that.'],
    [5, 'Light on the page', 'A warm pool on the page and nothing in my eyes.'],
    [5, 'Looks like it came with the house', 'The house is from 1880. The lamp is from March.'],
    [
      4,
      'Heavy in a good way',
      'The base is solid iron, I think. The wheel in the cord is a bit small for my fingers.',
    ],
    [5, 'Brass is turning', 'I like what it is doing. My wife reaches for the polish. We are in talks.'],
    [4, 'Very handsome', 'Took ten minutes to put together with the key from the box.'],
    [3, 'Short cord', 'Beautiful, but the cord is five feet and my desk is in the middle of the room.'],
    [5, 'Knitters, take note', 'I can see black yarn at night. That is the whole review.'],
    [
      5,
      'Black one',
      'Plain and grown up. It has been on for eight hours a day since I started working at home.',
    ],
  ],
  'HP-2104': [
    [5, 'Three days without power', 'We had three days without power in December, and it was good company.'],
    [
      4,
      'Burns in any wind',
      'Blew thirty knots on the porch and it only flickered. Trim the wick straight, or it smokes.',
    ],
    [4, 'Lovely glow', 'It came with a dent in the tank that I knocked out with a spoon.'],
    [3, 'Needs practice', 'I blackened the globe twice before I got the hang of the wick.'],
  ],
  'HP-2201': [
    [5, 'Stands by itself', 'Holds its shape when empty, unlike the last four that I bought.'],
    [
      5,
      'The dog agrees',
      'They wrote that the large one holds a sleeping dog. I thought it was a joke until ours moved in.',
    ],
    [4, 'Smells of hay', 'A week, as they say. I rather miss it.'],
    [3, 'Sheds a little', 'Bits of grass on the carpet for the first month.'],
    [4, 'Firewood', 'The medium one takes an evening’s worth of wood. The handles have held so far.'],
    [5, 'Three in a row', 'Replaced a row of plastic tubs, and the room breathes.'],
  ],
  'HP-2202': [
    [5, 'Hallway solved', 'No coats on the floor, for the first time in eleven years of marriage.'],
    [5, 'Hits the studs', 'The holes really are at sixteen inches. Twenty minutes with a level.'],
    [
      4,
      'Solid oak',
      'Lovely turning on the pegs. The black one shows the grain, which I had not expected and like.',
    ],
    [5, 'Chairs on the wall', 'Yes, we hang up our chairs. The children think we have lost it.'],
    [4, 'Two rails end to end', 'You can butt them together and hardly see the joint.'],
  ],
  'HP-3003': [
    [5, 'Hotel bed at home', 'Crisp, quiet, cool. I want to go to bed at eight.'],
    [4, 'Corner ties', 'Such a small thing, and my duvet has stopped sliding to the foot.'],
    [
      4,
      'Cool sleeper',
      'Noticeably cooler than our sateen one. It does want ironing if you are that kind of person; I am not.',
    ],
    [3, 'Runs large', 'The queen hangs almost to the floor on our bed.'],
    [5, 'Navy stripe', 'Looks like a good shirt. My husband, who does not notice bedding, noticed.'],
  ],
  'HP-3004': [
    [
      5,
      'No more waking up damp',
      'I have not woken up hot since November, and I am fifty-two, so you know what that means.',
    ],
    [5, 'One for each', 'We took two twins, the light for him and the winter for me. Peace at last.'],
    [4, 'Heavy in a nice way', 'It lies on you like a good hug. It smelled of sheep for about three days.'],
    [
      3,
      'Not enough for our attic',
      'The light one is not a winter duvet in an unheated room. I should have listened.',
    ],
    [4, 'Local wool', 'We drove past the farm, and waved. Would buy the next size up next time.'],
  ],
  'HP-3102': [
    [5, 'In every bag', 'One in the car, one on the boat, one in my gym bag. They weigh nothing.'],
    [4, 'Better each time', 'Hardly dries anything for the first three washes. Be patient.'],
    [5, 'Sauna people', 'Our sauna club has adopted it. We are up to fourteen.'],
    [2, 'Too thin for me', 'It feels like drying off with a tablecloth.'],
    [4, 'Scarf in an emergency', 'It got cold at the beach, so I wore it home.'],
  ],
  'HP-3202': [
    [5, 'The bottle is for good', 'On our fourth refill, and the pump still works.'],
    [4, 'Gentle', 'Fine on my eczema, which I can say of two soaps in the world.'],
    [4, 'Rosemary', 'Smells like a roast is coming. A bit runny, so one pump is plenty.'],
    [3, 'Thin', 'It shoots out between your fingers until you learn.'],
  ],
};
