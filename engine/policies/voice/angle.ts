// Where somebody speaks from: work, place, age. Only the crowd; a named actor's life is not ours to invent.
import { aOrAn, NOT_WORK } from '../../population/index.ts';
import type { Speaker } from './speaker.ts';

export function angle(speaker: Speaker): string {
  const { population, recipe } = speaker;
  if (speaker.isBody || speaker.isNamed) return '';
  const { columns, lexicon } = population;
  const age = columns.age[recipe.agent] ?? 40;
  const occupation = lexicon.occupations[columns.occupation[recipe.agent] ?? 0] ?? '';
  const region = lexicon.regions[columns.region[recipe.agent] ?? 0] ?? '';
  const choices = [...byWork(occupation, age), ...byPlace(region), ...byAge(age)];
  return speaker.pick(20, choices);
}

function byWork(occupation: string, age: number): readonly string[] {
  if (occupation === 'student') {
    return age < 18
      ? ['We even talked about it at school.', 'I am still at school and I will live with this longest.']
      : [
          'Half of my year is talking about this.',
          'I am a student, so I will live with the result for a while.',
          'It even came up in our seminar.',
        ];
  }
  if (occupation === 'retired') {
    return [
      'I am retired, I have the time to read the small print.',
      'Retirement leaves one time to think about such things.',
      'My working days are over, my opinions are not.',
    ];
  }
  if (occupation === 'job seeker')
    return ['Between jobs, one notices who pays for what.', 'I am looking for work, so this is not abstract for me.'];
  const one = aOrAn(occupation);
  const anywhere = [
    `Speaking as ${one}, this is not abstract for me.`,
    `I am ${one}, I notice such things.`,
    `I say that as ${one}.`,
    `Ask any ${occupation} you like.`,
    `You see it differently as ${one}.`,
    `Take it from ${one}.`,
  ];
  if (NOT_WORK.has(occupation)) return anywhere;
  return [
    ...anywhere,
    `At work, as ${one}, I hear about it every day.`,
    `It comes up at work more than you would think, and I am ${one}.`,
    `I have been ${one} long enough to care.`,
  ];
}

function byPlace(region: string): readonly string[] {
  if (region === '') return [];
  return [
    `That is how it looks from ${region}.`,
    `I live in ${region}, by the way.`,
    /^(a|the) /.test(region) ? `Life in ${region} teaches you to notice.` : `In ${region} people talk about it.`,
    `Greetings from ${region}, where nobody asked us.`,
  ];
}

function byAge(age: number): readonly string[] {
  if (age >= 65) return [`At ${age}, I have seen a few of these debates come and go.`, `I am ${age}, I do not impress easily.`];
  if (age < 25 && age >= 18)
    return [`I am ${age}, so this is my future we are talking about.`, 'My generation gets to live with it.'];
  return [];
}
