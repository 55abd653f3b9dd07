// How many numbers of four digits from 1000 to 2099 the date grammar takes for years, and how fast it reads:
// `node test/bench/dates.ts <file.json>…`, each file `{docs: [{text}]}`. Most of what it leaves out are no years; --missed
// prints them.
import { readFileSync } from 'node:fs';
import { findDates } from '../../knowledge-graph/time/dates.ts';

const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isTold = process.argv.includes('--missed');
let [mentions, covered, characters, seconds] = [0, 0, 0, 0];

for (const path of paths) {
  const { docs } = JSON.parse(readFileSync(path, 'utf8')) as { readonly docs: readonly { readonly text: string }[] };
  let [own, found] = [0, 0];
  for (const { text } of docs) {
    const before = process.cpuUsage();
    const dates = findDates(text, undefined);
    const { user, system } = process.cpuUsage(before);
    seconds += (user + system) / 1e6;
    characters += text.length;
    for (const { index } of text.matchAll(/\b(?:1\d{3}|20\d{2})\b/g)) {
      own += 1;
      if (dates.some(({ start, end }) => start <= index && end >= index + 4)) found += 1;
      else if (isTold) process.stdout.write(`  ${text.slice(Math.max(0, index - 40), index + 40).replaceAll('\n', ' ')}\n`);
    }
  }
  process.stdout.write(`${((found / own) * 100).toFixed(1)} % of ${own}  ${path}\n`);
  mentions += own;
  covered += found;
}
process.stdout.write(
  `${((covered / mentions) * 100).toFixed(1)} % of ${mentions}, ${(characters / 1e6 / seconds).toFixed(1)} MB a second of one core\n`,
);
