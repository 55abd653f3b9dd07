// Bodies speak as such: public bodies, organisations, newsrooms.
import type { Phrases } from './phrases.ts';

export const INSTITUTIONAL: Phrases = {
  lead: [
    'For the record.',
    'A note on the current discussion.',
    'We have been asked about this.',
    'To inform the public debate, we restate the following.',
    'Our position, briefly.',
    'In reply to several enquiries.',
    'A clarification from our side.',
  ],
  concur: {
    strong: [
      'We stand by this.',
      'This remains the basis of our position.',
      'Our assessment has not changed.',
      'We consider this established.',
      'We will act accordingly.',
    ],
    mild: [
      'We take this into account.',
      'We consider this a reasonable assessment.',
      'Our review so far supports this.',
      'We note this with interest.',
    ],
  },
  dissent: {
    strong: [
      'We do not share this assessment.',
      'This does not correspond to the facts as we know them.',
      'We reject this.',
      'The record shows otherwise.',
    ],
    mild: [
      'We see the matter differently.',
      'We regard this as incomplete.',
      'Our own review gives a different picture.',
      'We ask for some caution with such statements.',
    ],
  },
  torn: [
    'Our review is not complete.',
    'We are hearing all sides before we take a position.',
    'No decision has been taken.',
    'We will report when there is a result.',
  ],
  agree: ['We agree.', 'That is correct.', 'We can confirm our support for this view.', 'This is in line with our position.'],
  disagree: ['We cannot confirm this.', 'We disagree.', 'That is not our position.', 'We ask that this be corrected.'],
  ask: ['Could you let us know the source?', 'May we ask which figures this refers to?', 'Would you send us the details?'],
  close: [
    'Further information will follow.',
    'We welcome comments.',
    'Questions can be addressed to our office.',
    'We will keep the public informed.',
    'The procedure continues as announced.',
  ],
  yes: {
    strong: ['We are clearly in favour.', 'Our answer is yes.'],
    mild: ['We are inclined to support this.', 'As things stand, we are in favour.'],
  },
  no: {
    strong: ['We are clearly opposed.', 'Our answer is no.'],
    mild: ['We are inclined to oppose this.', 'As things stand, we are not in favour.'],
  },
};

export const CORPORATE: Phrases = {
  lead: [
    'We want to be open about where we stand.',
    'We are asked about this every day.',
    'A word from our team.',
    'We have thought about this for a while.',
    'Here is what we tell everyone who asks.',
    'From our side of the table.',
    'We will be direct.',
  ],
  concur: {
    strong: [
      'We have said so from the start.',
      'That is why we will not let go of this.',
      'We stand behind that.',
      'Nobody on our side sees it otherwise.',
      'That is our case in one sentence.',
    ],
    mild: ['We think that is fair.', 'It matches what we see every day.', 'That is our experience too.', 'We would sign that.'],
  },
  dissent: {
    strong: [
      'We strongly disagree.',
      'That is not what we see, and we see it every day.',
      'We will not let that stand.',
      'Our people would pay for that mistake.',
    ],
    mild: [
      'We see it differently.',
      'That leaves out half of the picture.',
      'We would be careful with that.',
      'Our experience says otherwise.',
    ],
  },
  torn: [
    'We have heard good arguments for both.',
    'We are still looking into this.',
    'Our view on this is not settled.',
    'We have not taken sides.',
    'There is more to find out before we commit.',
  ],
  agree: ['We agree.', 'Well said, we see it the same way.', 'That is our view as well.', 'Thank you for saying this.'],
  disagree: ['We disagree.', 'Not from where we stand.', 'We have to object.', 'That is not our experience.'],
  ask: [
    'Have you talked to those affected?',
    'What is this based on?',
    'Who would carry the cost?',
    'Would you sit down with us about it?',
  ],
  close: [
    'Talk to us.',
    'We will keep working on it.',
    'More from us soon.',
    'We invite everyone to the table.',
    'Ask us anything.',
  ],
  yes: { strong: ['We are for it, clearly.', 'From us it is a yes.'], mild: ['On balance we are for it.', 'We would go along.'] },
  no: {
    strong: ['We are against it, clearly.', 'From us it is a no.'],
    mild: ['On balance we are against it.', 'We would rather not see it happen.'],
  },
};

/** A newsroom keeps its own view out: what would be taking sides is here reporting that sides exist. */
export const JOURNALISTIC: Phrases = {
  lead: [
    'New in our coverage.',
    'What we know so far.',
    'From our reporting.',
    'In short.',
    'The state of the debate.',
    'Today on our pages.',
    'Our newsroom has been following this.',
    'For those just joining.',
  ],
  concur: {
    strong: [
      'Supporters of this view feel confirmed.',
      'The argument is gaining ground.',
      'Several readers wrote to us in the same sense.',
      'Few have contradicted this openly.',
    ],
    mild: [
      'Reactions are coming in.',
      'We are asking others for a response.',
      'Not everyone sees it that way.',
      'How far this carries is open.',
    ],
  },
  dissent: {
    strong: [
      'The statement is sharply disputed.',
      'Critics reject this outright.',
      'Doubts about this are growing.',
      'Others tell us the opposite.',
    ],
    mild: [
      'Not everyone agrees.',
      'There are doubts about this.',
      'We could not verify every part of this.',
      'Others see it differently.',
    ],
  },
  torn: [
    'The matter is open.',
    'Both sides claim the better arguments.',
    'A decision is not in sight.',
    'Opinions remain divided.',
  ],
  agree: ['Our reporting points the same way.', 'This matches what we have heard.', 'We have similar accounts.'],
  disagree: ['Our reporting suggests otherwise.', 'Others have told us the opposite.', 'That is disputed.'],
  ask: ['May we quote you on this?', 'Do you have a document that shows it?', 'Could you tell our desk more?'],
  close: [
    'We will keep following this.',
    'More to come.',
    'Read the background on our pages.',
    'What is your view? Write to us.',
    'This story is developing.',
    'We will report when there is news.',
  ],
  yes: { strong: ['The yes side sees itself ahead.'], mild: ['The yes side gains a little.'] },
  no: { strong: ['The no side sees itself ahead.'], mild: ['The no side gains a little.'] },
};
