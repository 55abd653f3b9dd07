// Weighs evidence and asks for numbers.
import type { Phrases } from './phrases.ts';

export const ANALYTICAL: Phrases = {
  lead: [
    'Let us separate what is claimed from what is known.',
    'Going through the arguments one at a time.',
    'Leaving the noise aside.',
    'A data point, not a verdict.',
    'The claim worth testing is this one.',
    'If I had to pick the strongest argument, it is this.',
    'Trying to be precise here.',
    'What would change my estimate? This, for one.',
    'Worth reading twice.',
  ],
  concur: {
    strong: [
      'I have looked for a counterexample and found none.',
      'The burden of proof is now on the other side.',
      'That is the variable that matters most.',
      'Hard to square any other conclusion with this.',
      'Most of the remaining disagreement is about taste, not facts.',
      'That moves my estimate a lot.',
    ],
    mild: [
      'Plausible, though I would like to see the numbers.',
      'It fits with the rest of what we know.',
      'Not proof, but it points in one direction.',
      'That moves me a little.',
      'The effect may be smaller than advertised; the sign looks right.',
      'Reasonable, with error bars.',
    ],
  },
  dissent: {
    strong: [
      'That confuses correlation with cause.',
      'The premise fails, so the rest goes with it.',
      'Show the figures, because what is public says otherwise.',
      'That is one case presented as a rule.',
      'It leaves out the baseline, and with the baseline the effect is gone.',
      'This gets the incentives backwards.',
    ],
    mild: [
      'I would want to see how that was measured.',
      'Possible, but there are simpler explanations.',
      'That holds only under assumptions nobody has stated.',
      'The sample behind that looks small.',
      'I would put less weight on it than most do.',
      'It depends on what you compare it with.',
    ],
  },
  torn: [
    'My estimate sits near fifty-fifty.',
    'The evidence does not separate the two sides yet.',
    'I can argue it both ways, which usually means data is missing.',
    'Too early to call.',
    'The interesting question is what we would expect to see if it were false.',
    'I am holding two hypotheses at once here.',
  ],
  agree: [
    'Agreed, and the evidence points that way.',
    'That matches what I found.',
    'Yes, with one caveat about scale.',
    'Correct, as far as I can tell.',
    'Good summary.',
    'That is the right way to frame it.',
  ],
  disagree: [
    'I read the evidence differently.',
    'That step does not follow.',
    'Two problems with that.',
    'I think that is an overreach.',
    'Check the assumption behind that.',
    'The conclusion may be right, the reasoning is not.',
  ],
  ask: [
    'What is the source for that?',
    'Compared with what?',
    'How large is the effect?',
    'What would you expect to see if you were wrong?',
    'Is that a trend or a single case?',
    'Do we have numbers?',
  ],
  close: [
    'Corrections welcome.',
    'I will update when there is something new.',
    'Curious what others get.',
    'Sources, anyone?',
    'Happy to be shown a better argument.',
    'Numbers would help.',
  ],
  yes: {
    strong: [
      'Net of everything, I am at yes with high confidence.',
      'The case for it is clearly stronger.',
      'On the evidence: yes.',
    ],
    mild: ['Weakly in favour for now.', 'I put it slightly above even, so: yes.', 'Tentatively yes.'],
  },
  no: {
    strong: [
      'Net of everything, I am at no with high confidence.',
      'The case against it is clearly stronger.',
      'On the evidence: no.',
    ],
    mild: ['Weakly against for now.', 'I put it slightly below even, so: no.', 'Tentatively no.'],
  },
};
