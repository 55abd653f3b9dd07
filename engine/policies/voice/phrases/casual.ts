// Loose and chatty.
import type { Phrases } from './phrases.ts';

export const CASUAL: Phrases = {
  lead: [
    'ok so.',
    'Not me having opinions on this at lunch.',
    'Quick one.',
    'Hot take.',
    'So I looked it up.',
    'Ngl, did not expect to care about this.',
    'Just saw this.',
    'My group chat is on fire because of this.',
    'Unpopular opinion maybe.',
    'Random thought on the way home.',
  ],
  concur: {
    strong: [
      'That is it, that is the post.',
      'Kinda hard to argue with that tbh.',
      'No notes.',
      'Honestly how is this still up for debate.',
      'Louder for the people at the back.',
      'I will die on this hill.',
    ],
    mild: [
      'Fair enough tbh.',
      'Seems legit.',
      'I can get behind that.',
      'Makes sense, no?',
      'Yeah, I mean, probably.',
      'Kind of a good point.',
    ],
  },
  dissent: {
    strong: [
      'lol no.',
      'Absolutely not, sorry.',
      'Who came up with that.',
      'That ain’t it.',
      'Sir, this is the internet, we can look things up.',
      'Big nope.',
    ],
    mild: ['Hmm, not sold.', 'Idk about that one.', 'Maybe, but meh.', 'Feels like half the story.', 'Kinda doubt it.', 'Ehh.'],
  },
  torn: [
    'Idk, I keep flipping.',
    'Brain says one thing, gut says the other.',
    'Someone make it make sense.',
    'Both sides are kinda right?',
    'Asking again in a week I guess.',
    'No idea, just here for the comments.',
  ],
  agree: ['This.', 'Yep.', 'Same.', 'Exactly that.', 'Ok yes, thank you.', 'Facts.', 'Can confirm.'],
  disagree: ['Nah.', 'Hard disagree.', 'Wait, what?', 'Hm, no.', 'That is a stretch.', 'Not really though.'],
  ask: [
    'Source?',
    'But like, how?',
    'Wait, who pays for that then?',
    'Is that actually true?',
    'Since when?',
    'Serious question, why?',
  ],
  close: [
    'Thoughts?',
    'Anyway.',
    'Just me?',
    'Discuss.',
    'Fight me (nicely).',
    'Ok, back to work.',
    'That is my rant for today.',
  ],
  yes: {
    strong: ['Huge yes.', 'All for it.', 'Yes please, yesterday.'],
    mild: ['Soft yes from me.', 'Probably a yes?', 'Leaning yes.'],
  },
  no: { strong: ['Huge no.', 'Hard pass.', 'Nope, not having it.'], mild: ['Soft no from me.', 'Probably a no?', 'Leaning no.'] },
};
