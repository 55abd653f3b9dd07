// After a report of what somebody did or where they stand: with them, or not.

export const SIDING = {
  person: {
    own: [
      'Good.',
      'They are right.',
      'I am with them.',
      'They have understood what this is about.',
      'It was about time.',
      'I would have done the same.',
      'They speak for more people than one thinks.',
      'That takes some courage, and I respect it.',
      'More of that, please.',
      'They will not be the last.',
    ],
    other: [
      'They are wrong about this.',
      'That changes nothing for me.',
      'They do not speak for me.',
      'I had hoped for better from them.',
      'That does not impress me.',
      'They have their interests, I have mine.',
      'They will come to regret it.',
      'A mistake, if you ask me.',
      'Of course they did.',
      'That is their view, not mine.',
    ],
  },
  body: {
    own: [
      'We share this position.',
      'We welcome this.',
      'We stand with them.',
      'We see this as an encouragement.',
      'We are glad not to be alone in this.',
    ],
    other: [
      'We do not share this position.',
      'We take note of this and come to a different view.',
      'We regret this.',
      'We have told them that we see it differently.',
      'This does not change our position.',
    ],
  },
  newsroom: {
    own: [
      'Others have followed.',
      'Supporters welcomed the step.',
      'We have asked for reactions.',
      'The background is on our pages.',
    ],
    other: [
      'The step has met with criticism.',
      'Not everyone welcomed it.',
      'Opponents have announced a reply.',
      'We have asked the other side for a response.',
    ],
  },
} as const;
