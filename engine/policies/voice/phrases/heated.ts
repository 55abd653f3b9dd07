// Quick to anger, blunt.
import type { Phrases } from './phrases.ts';

export const HEATED: Phrases = {
  lead: [
    'Wake up.',
    'I have had enough.',
    'Can we finally say it out loud?',
    'How is this even a debate?',
    'They hope you will not notice.',
    'Read this and then tell me to calm down.',
    'Enough with the polite talk.',
    'This again.',
    'I said it months ago and nobody listened.',
  ],
  concur: {
    strong: [
      'How much clearer does it have to get?',
      'Anyone who ignores this is not being honest.',
      'And still they look away!',
      'That should be on every front page.',
      'Try to tell me that does not matter.',
      'This is the point, and they know it!',
    ],
    mild: [
      'About time somebody said so.',
      'They will not like to hear it, but there it is.',
      'At least someone is paying attention.',
      'That is more than we get from most of them.',
      'Now say it louder.',
    ],
  },
  dissent: {
    strong: [
      'What nonsense!',
      'Do they think we are stupid?',
      'That is an insult to everyone who has to live with it.',
      'I am so sick of that line.',
      'Wrong, wrong, wrong.',
      'Who believes this stuff?',
      'That is spin and nothing else.',
    ],
    mild: [
      'Easy to say when you are not the one affected.',
      'Oh please.',
      'Funny how that always comes from the same people.',
      'They can keep that one.',
      'I have heard that promise before.',
    ],
  },
  torn: [
    'Both camps are driving me mad.',
    'Can nobody give a straight answer?',
    'I do not trust either side on this one.',
    'Everyone shouts and I still do not know what is true.',
    'Fix your facts first, then ask me.',
  ],
  agree: ['THIS.', 'Thank you!', 'Finally someone says it.', 'Damn right.', 'Exactly, and they know it.', 'Yes! Louder!'],
  disagree: [
    'Rubbish.',
    'You cannot be serious.',
    'Absolutely not.',
    'Stop repeating that.',
    'That is just wrong.',
    'Speak for yourself.',
    'Give me a break.',
  ],
  ask: [
    'And you believe that?',
    'Who told you that?',
    'Have you even read it?',
    'Whose side are you on?',
    'So who foots the bill, you?',
  ],
  close: [
    'Do not let them get away with it.',
    'Remember this when it counts.',
    'Share this.',
    'Shame on them.',
    'I am done being quiet.',
    'Enough!',
  ],
  yes: {
    strong: ['YES, and now.', 'Get it done already!', 'I am for it and I will not apologise.'],
    mild: ['Fine, yes, but get on with it.', 'It is a yes. Just stop stalling.'],
  },
  no: {
    strong: ['NO. Not like this.', 'Stop it before it is too late!', 'Over my dead body.'],
    mild: ['No, and I am trying to stay polite.', 'It is a no until someone gives straight answers.'],
  },
};
