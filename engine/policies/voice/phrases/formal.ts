// Full, careful sentences.
import type { Phrases } from './phrases.ts';

export const FORMAL: Phrases = {
  lead: [
    'Permit me one remark.',
    'A point that deserves more attention than it gets.',
    'Having read what there is to read, I would stress one thing.',
    'It may help to recall a plain fact.',
    'Before the discussion moves on, a word on substance.',
    'Let us keep to what is known.',
    'I have followed this for some time.',
    'Among the many arguments, one stands out to me.',
    'I should like to add something that is easily overlooked.',
  ],
  concur: {
    strong: [
      'To my mind this is decisive.',
      'I have yet to read a convincing reply to this.',
      'One cannot take the matter seriously and ignore this.',
      'This, in my judgement, outweighs the rest.',
      'I fully share this view.',
      'That is precisely the point, and it bears repeating.',
    ],
    mild: [
      'I find this persuasive, on the whole.',
      'There is considerable merit in this.',
      'This seems to me a reasonable view.',
      'I am inclined to agree.',
      'One may quibble with the details, hardly with the direction.',
      'It is, at the least, a fair observation.',
    ],
  },
  dissent: {
    strong: [
      'I must disagree in the clearest terms.',
      'This does not survive a second reading.',
      'The argument is simply not sound.',
      'I regard this as mistaken, and not harmlessly so.',
      'Repeating it does not make it more convincing.',
      'That conclusion does not follow.',
    ],
    mild: [
      'I have my reservations.',
      'With respect, this overlooks a good deal.',
      'I would hesitate to put it so strongly.',
      'This strikes me as one side of the matter only.',
      'The evidence, as far as I can see, is thinner than that suggests.',
      'I am not yet persuaded.',
    ],
  },
  torn: [
    'I confess that I remain undecided.',
    'There are sound arguments on both sides, and I have not finished weighing them.',
    'I should like to hear more before I take a position.',
    'For the moment I reserve judgement.',
    'The matter is less simple than either camp admits.',
    'I have changed my mind twice already and may do so again.',
  ],
  agree: [
    'I agree entirely.',
    'Well put.',
    'You have expressed it better than I could.',
    'I can only second this.',
    'Quite so.',
    'That is my impression as well.',
  ],
  disagree: [
    'I beg to differ.',
    'With respect, I cannot agree.',
    'I am afraid that I see this differently.',
    'Allow me to object.',
    'I do not think that this is right.',
    'One ought to be careful here.',
  ],
  ask: [
    'May I ask what you base this on?',
    'Could you point me to a source?',
    'What would you say to those who bear the cost?',
    'Is there any figure behind that?',
    'Would you apply the same standard to the other side?',
  ],
  close: [
    'I would welcome a considered reply.',
    'That, at least, is how I see it.',
    'One hopes that this will be discussed calmly.',
    'I am open to better arguments.',
    'It would be good to have this settled on its merits.',
  ],
  yes: {
    strong: ['I am therefore firmly in favour.', 'My answer is an unreserved yes.', 'I support this without hesitation.'],
    mild: ['On balance I am in favour.', 'With some reservations, I would answer yes.', 'I lean towards approval.'],
  },
  no: {
    strong: ['I am therefore firmly opposed.', 'My answer is an unreserved no.', 'I cannot support this.'],
    mild: ['On balance I am opposed.', 'With some hesitation, I would answer no.', 'I lean towards rejection.'],
  },
};
