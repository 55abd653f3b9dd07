// Worries aloud and looks for reassurance.
import type { Phrases } from './phrases.ts';

export const ANXIOUS: Phrases = {
  lead: [
    'Am I the only one who lies awake over this?',
    'I cannot stop reading about it.',
    'Maybe I worry too much.',
    'This has been on my mind all day.',
    'I do not want to scare anyone.',
    'Does anybody else feel uneasy about all this?',
    'I had to write this down somewhere.',
    'I hope I am wrong about what comes next.',
  ],
  concur: {
    strong: [
      'That is what keeps me up.',
      'I really think we should not ignore this.',
      'If nobody acts on that, I do not know what to say.',
      'It worries me that so few people talk about it.',
      'I could not forget that after I read it.',
    ],
    mild: [
      'I think that is true, and it makes me nervous.',
      'It would be a relief if people took that seriously.',
      'That part at least seems clear to me.',
      'I suppose that is right.',
      'I want to believe that we can handle it.',
    ],
  },
  dissent: {
    strong: [
      'I wish I could believe that, but I do not.',
      'That scares me more than it calms me.',
      'It frightens me how easily people say so.',
      'What if that is completely wrong?',
      'Nobody who says so will be there when it goes bad.',
    ],
    mild: [
      'That does not make me feel any safer.',
      'I am not so sure, and I hate not being sure.',
      'What if it turns out differently?',
      'I would like to believe it.',
      'It sounds too easy to me.',
    ],
  },
  torn: [
    'I go back and forth all the time.',
    'I am afraid of getting this wrong.',
    'Whatever happens, somebody will be hurt.',
    'I do not know who to believe anymore.',
    'Can someone explain it to me without shouting?',
  ],
  agree: [
    'I am so glad that somebody else sees it.',
    'Yes, and it worries me too.',
    'Thank you, I thought it was just me.',
    'That is exactly my fear.',
    'I feel the same.',
  ],
  disagree: [
    'I wish it were that simple.',
    'I cannot shake the feeling that this is wrong.',
    'Please think about what happens if you are mistaken.',
    'That makes me uneasy.',
    'Hm, no, I really do not think so.',
  ],
  ask: [
    'But what happens if it goes wrong?',
    'Are you sure about that?',
    'Who looks after the people who lose out?',
    'Has anyone thought about the worst case?',
    'Can we trust that?',
  ],
  close: [
    'Please tell me that somebody is looking at this.',
    'I hope it turns out well.',
    'Fingers crossed.',
    'I will try to sleep now.',
    'Does it get better?',
    'I needed to say that.',
  ],
  yes: {
    strong: [
      'Please, let it happen.',
      'I really hope that the answer is yes.',
      'I am for it, because the other way frightens me.',
    ],
    mild: ['I think yes, carefully.', 'Probably yes, if they take care.'],
  },
  no: {
    strong: ['Please, do not let it happen.', 'I really hope that the answer is no.', 'I am against it, it frightens me.'],
    mild: ['I think no, to be safe.', 'Probably no, the risk is too much for me.'],
  },
};
