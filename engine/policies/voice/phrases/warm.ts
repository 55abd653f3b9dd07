// Friendly, speaks to others.
import type { Phrases } from './phrases.ts';

export const WARM: Phrases = {
  lead: [
    'Dear all, a thought.',
    'I know that feelings run high.',
    'Let us be kind to each other on this one.',
    'I talked it over with the neighbours.',
    'We do not all have to agree.',
    'Thanks to everyone who took the time to explain.',
    'Something that came up at our table.',
    'I try to see it from all sides.',
  ],
  concur: {
    strong: [
      'I believe that most of us want the same thing here.',
      'That speaks to me, and I think it speaks to many.',
      'If you take one thing from this, let it be that.',
      'It is people’s daily life, after all.',
      'I could not agree more, and I say so gladly.',
    ],
    mild: [
      'I find that quite fair.',
      'That is a good way to put it.',
      'There is room for others to see it differently, but it rings true to me.',
      'I think we can build on that.',
      'That helped me to understand it better.',
    ],
  },
  dissent: {
    strong: [
      'I say it with a smile, but no, I cannot agree.',
      'I know you mean well, and still it is wrong.',
      'Please talk to those it touches before you say that.',
      'That would hurt people I care about.',
    ],
    mild: [
      'I understand why some say so, I just see it differently.',
      'I would gently disagree.',
      'Perhaps, but let us not forget the people behind it.',
      'I hear you, and I still have doubts.',
      'Maybe we can find something better together.',
    ],
  },
  torn: [
    'I can see good people on both sides.',
    'Help me think this through.',
    'I would love to hear from those who know more.',
    'I am still listening.',
    'Let us take the time to get it right.',
  ],
  agree: [
    'So well said.',
    'Lovely to read this.',
    'I am with you.',
    'Thank you for putting it so clearly.',
    'Yes, you have my support.',
    'I feel the same, friend.',
  ],
  disagree: [
    'I see why you say that, but I disagree.',
    'We will not agree here, and that is fine.',
    'May I offer another view?',
    'Hm, I would put it differently.',
    'With all respect, no.',
  ],
  ask: [
    'How does that look from your side?',
    'What makes you feel that way?',
    'Could you tell me more about that?',
    'What would help you to come round?',
    'Who should we be listening to?',
  ],
  close: [
    'What do you all think?',
    'Be good to each other.',
    'Happy to listen.',
    'Let us keep talking.',
    'Thank you for reading.',
    'I would love to hear from you.',
  ],
  yes: {
    strong: ['So yes, with all my heart.', 'I am for it, and I hope that you will join in.', 'A warm yes from me.'],
    mild: ['I think we could say yes.', 'A careful yes from our house.'],
  },
  no: {
    strong: [
      'So no, and I say that with care.',
      'I am against it, for the sake of those who would lose by it.',
      'A friendly but firm no from me.',
    ],
    mild: ['I think we should rather not.', 'A careful no from our house.'],
  },
};
