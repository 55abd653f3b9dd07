// The grammar of the embedded writer: for each kind of finding a few sentence patterns that say the same.
// `{slot}` is filled in; a part in [brackets] is left out where one of its slots is empty. Patterns never hold a digit.

export const FORMS = {
  // answer
  question: ['The question is: {text}'],
  resolution: ['Inside the simulation it is answered by this rule: {simulated} In the world: {real}'],
  'answer-binary': [
    'The answer is {answer}: {statement}. {count} of {members} simulated futures end this way; shrunk for so small a number of them, that is a probability of {probability}.',
    'The simulation answers {answer}: {statement}. That is how {count} of {members} members end, a probability of {probability} once shrunk for their small number.',
  ],
  'answer-single': [
    'This one run answers {answer}: {statement}. A single member says little about chance: by the shrinkage rule its answer has a probability of {probability}.',
  ],
  'answer-split': ['The members split evenly, so there is no answer: {count} of {members} end with {option}.'],
  'answer-choice': [
    'The answer is {option}: it ends ahead in {count} of {members} simulated futures, a probability of {probability} once shrunk for so small a number of them.',
  ],
  'answer-choice-single': [
    'This one run puts {option} ahead. A single member says little about chance: by the shrinkage rule the probability is {probability}.',
  ],
  'main-differs': ['The main run itself is among those that end otherwise, with {other}.'],
  'decided-end': [
    'In the main run {support} of all agents end in favour, {oppose} against and {undecided} undecided; among those who have decided, {decided} are in favour.',
    'The main run ends with {support} of agents in favour, {oppose} against and {undecided} undecided, so that {decided} of the decided are in favour.',
  ],
  'decided-range': [
    'Over the members that last share runs from {low} to {high}, with a median of {median}. One more member would land in this range with a chance of {coverage}; it is the spread of the simulation, not yet calibrated against the world.',
  ],
  'choice-shares': [
    'In the main run {share} of agents put {option} first, ahead of {second} with {secondShare}[ and {third} with {thirdShare}].',
  ],
  'choice-range': [
    'Over the members the share that puts {option} first runs from {low} to {high}, with a median of {median}. One more member would land in this range with a chance of {coverage}; it is the spread of the simulation, not yet calibrated against the world.',
  ],
  'choice-second': [
    '{option} comes second, with a probability of {probability}.',
    'The nearest rival is {option}, with a probability of {probability}.',
  ],
  'persistence-same': [
    'Before the first round {decided} of the decided were in favour: no change at all would have given the same answer, so the simulation adds the path and the spread rather than the direction.',
  ],
  'persistence-other': [
    'Before the first round {decided} of the decided were in favour: had nothing changed, the answer would have been {other}. The answer rests on what happened in the simulation.',
  ],
  'persistence-choice-same': [
    '{option} led before the first round too, with {share} of agents: no change at all would have given the same answer.',
  ],
  'persistence-choice-other': [
    'Before the first round {other} led with {share} of agents: had nothing changed, that would have been the answer.',
  ],

  // what happened
  activity: [
    'Over {rounds} rounds, {hours} of simulated time, {agents} agents wrote {posts} posts and {replies} replies[, shared {reposts} on] and gave {likes} likes[ and {dislikes} dislikes]: {events} events in all.',
  ],
  busiest: ['Activity peaked in round {round}, with {active} agents online.'],
  'phase-only': ['{Subject} moved in one stretch without a turning point, from {from} to {to}.'],
  'phase-only-flat': ['{Subject} hardly moved: {from} in round {start}, {to} in round {end}.'],
  'phase-rise': [
    'From round {start} to round {end} {subject} rose from {from} to {to}.',
    'Rounds {start} to {end} saw a rise from {from} to {to}.',
    'It then climbed from {from} in round {start} to {to} in round {end}.',
  ],
  'phase-fall': [
    'From round {start} to round {end} {subject} fell from {from} to {to}.',
    'Rounds {start} to {end} saw a decline from {from} to {to}.',
    'It then slid from {from} in round {start} to {to} in round {end}.',
  ],
  'phase-flat': [
    'From round {start} to round {end} {subject} stayed about where it was, at {to}.',
    'It then stayed near {to} from round {start} to round {end}.',
    'Rounds {start} to {end} were calm, at about {to}.',
  ],
  'jump-up': [
    'At round {turn} it jumped to {to}[, right after the news of round {news}].',
    'Round {turn} lifted it to {to}[; the news of round {news} had just come].',
  ],
  'jump-down': [
    'At round {turn} it dropped to {to}[, right after the news of round {news}].',
    'Round {turn} took it down to {to}[; the news of round {news} had just come].',
  ],
  'turn-after-news': [
    'The turn at round {turn} follows the news of round {news}.',
    'The turn at round {turn} comes right after the news of round {news}.',
  ],
  intervention: ['In round {round} news reached {reach} of the population directly: {quote}'],
  effect: [
    'Support for {label} averaged {before} over the {window} rounds before it and {after} over as many from then on, {direction} of {change}.',
    'In the {window} rounds before, support for {label} averaged {before}; in as many from then on it was {after}, {direction} of {change}.',
  ],
  'effect-none': ['It came too close to an end of the run for a comparison before and after.'],
  'effect-caution': [
    'These are comparisons before and after, not proof of cause: no run without the news stands beside this one.',
  ],

  // trends
  'trend-rise': [
    'Support for {label} rose by {change}, from {from} before the first round to {to} at the end.',
    'From {from} before the first round, support for {label} grew to {to}, a gain of {change}.',
  ],
  'trend-fall': [
    'Support for {label} fell by {change}, from {from} before the first round to {to} at the end.',
    'From {from} before the first round, support for {label} shrank to {to}, a loss of {change}.',
  ],
  'trend-flat': ['Support for {label} ended where it began, at {to}.'],
  'undecided-fall': [
    'The undecided shrank from {from} to {to}.',
    'Fewer stayed undecided: {to} at the end, {from} at the start.',
  ],
  'undecided-rise': ['The undecided grew from {from} to {to}.', 'More became undecided: {to} at the end, {from} at the start.'],
  'undecided-flat': ['The share of undecided stayed at {to}.'],
  'polarised-more': [
    'Opinions on it drew apart: the Esteban–Ray index went from {from} after the first round to {to}[, with a bimodality of {bimodality}].',
  ],
  'polarised-less': [
    'Opinions on it drew closer together: the Esteban–Ray index went from {from} after the first round to {to}[, with a bimodality of {bimodality}].',
  ],
  'polarised-same': ['Polarisation did not change to speak of (Esteban–Ray index {to}[, bimodality {bimodality}]).'],
  moved: [
    '{moved} of agents ended on another side of it than they began on.',
    'Taken one by one, {moved} of agents changed sides on it.',
  ],

  // coalitions
  'community-most': ['{community} ({size} agents) is the community most in favour of {label}: {support} for, {oppose} against.'],
  'community-least': ['The least favourable is {community} ({size} agents), with {support} for and {oppose} against.'],
  'community-gap': ['Between the two lies a gap of {gap}.'],
  'community-near': ['The communities hardly differ on {label}: {gap} lie between the most and the least favourable.'],
  'actors-sides': [
    'The named actors, {actors} in all, divide into {for} in favour of {label}[ ({forNames})], {against} against[ ({againstNames})] and {undecided} undecided.',
  ],
  'echo-strong': [
    'Agents mostly follow the like-minded: for each step in an agent’s own opinion, the mean opinion of those it follows moves {echo} of a step.',
  ],
  'echo-weak': ['Who follows whom has little to do with opinion here: the slope of followed on own opinion is {echo}.'],
  'cross-talk': ['Of all replies, {share} answered somebody on the other side.'],
  attention: ['Attention is uneven: the Gini coefficient of reactions received is {gini}.'],

  // voices
  'voices-note': ['What follows was written inside the simulation, by simulated agents; no real person or organisation said it.'],
  'voices-none': ['Nobody posted, so there is no voice to quote.'],
  voice: [
    '{author}: {quote} It drew {reactions} {reactionWord} and a cascade of {cascade} {cascadeWord}.',
    '{author}: {quote} ({reactions} {reactionWord}, cascade of {cascade} {cascadeWord})',
  ],

  // documents
  ground: [
    'What follows stands in the documents and was true to them before the simulation began. From {documents} {documentWord} the graph holds {entities} things and people, {relations} ties between them and {claims} statements.',
  ],
  document: ['{document}: {quote}'],
  'documents-none': ['No passage of the documents speaks to the question in so many words.'],

  // risks
  unanimous: [
    'All {members} members give the same answer. That shows that chance inside the simulation matters little, not that the answer is certain.',
  ],
  differing: [
    '{count} of {members} members end otherwise[ (those with seeds {seeds})]: the answer depends on chance to that extent.',
  ],
  'single-member': ['Only one member was run, so nothing is known of how far chance alone moves the result.'],
  'margin-binary': [
    'The main run ends {margin} from the threshold of {threshold} among the decided; the closest member is {closest} away.',
  ],
  'margin-choice': ['The main run has {margin} between the first and the second option; in the closest member it is {closest}.'],
  'undecided-turn': [
    '{undecided} of agents are still undecided, more than the distance between the sides: they could turn the answer.',
  ],
  'undecided-hold': ['{undecided} of agents are still undecided, fewer than the distance between the sides.'],
  'still-rising': ['{Subject} was still rising when the run stopped, in the stretch since round {start}.'],
  'still-falling': ['{Subject} was still falling when the run stopped, in the stretch since round {start}.'],

  // dissent
  'dissent-case': [
    'Against the answer stand {share} of agents at the end of the main run.',
    'At the end of the main run {share} of agents hold the opposite view.',
  ],
  'dissent-choice': ['{share} of agents would give another answer than {option} at the end of the main run.'],
  'dissent-points': ['Of the statements that agents could take from the documents on {label}, {count} lean against the answer.'],
  'dissent-none': [
    'Neither the posts nor the documents hold a statement against the answer; that is a weakness of the material, not a strength of the answer.',
  ],

  // not known
  uncalibrated: ['The probability is uncalibrated: no forecast of this kind has yet been compared with what happened.'],
  'no-resolution': [
    'Nobody declared how {question} would be settled in the world, so the answer cannot yet turn out right or wrong.',
  ],
  horizon: [
    'The run covers {hours} of simulated time, while the question speaks of {horizon}; what happens after the last round is not simulated.',
  ],
  assumption: ['An assumption was made about the question: {text}'],
  'actors-left-out': ['{count} {actorWord} named in the documents {have} no agent in the population.'],
  'crowd-synthetic': [
    'Apart from {actors} named actors, the {agents} agents are a synthesized crowd; it was not drawn from a census or a survey.',
  ],
  'only-crowd': ['All {agents} agents are a synthesized crowd, not drawn from a census or a survey.'],
  rejected: ['{count} {fileWord} could not be read and {were} left out: {names}.'],
  languages: ['{count} {documentWord} {are} not in English, which the embedded extraction reads less well.'],
  'few-issues': ['Agents hold opinions on {issues} {issueWord} only; whatever else would sway them is outside the model.'],
  'seeds-only': [
    'The members differ in their random seed alone: they share one graph, one population and one set of behaviour parameters, so the true uncertainty is wider than their spread.',
  ],
  fallbacks: ['In {count} turns the model’s answer could not be used and the crowd rule decided instead.'],
  'chunk-fallbacks': ['{count} passages were read by rules after the model’s answer could not be used.'],

  // method
  'method-decisions': ['Decisions of agents: {model}. The prose of this report: {writer}.'],
  'method-rounds': ['Rounds are counted from zero; a value at a round is the state at its end, and percentages are rounded.'],
  'method-cost': ['{calls} model calls were made, at a cost of {cost}.'],
  'method-stage': ['Of these, {calls} were for {stage} ({cost}).'],
  'method-control': [
    'A control lived the same rounds with the same people, each of whom saw announcements but nobody’s posts: on {issue} the variance of opinion ended at {alone}, against {together} with contact, {ratio} times as much.',
  ],
  'method-control-more': ['On {issue} it was {alone}, against {together} with contact ({ratio} times).'],
  'method-check': [
    'Every number was computed from the run’s record and every quotation compared with its source before this report was released.',
  ],
  'method-fallback': ['Part of the prose was written by the embedded writer because of the model: {reason}'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FormName = keyof typeof FORMS;
