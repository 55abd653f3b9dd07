// Prints every named dynamic beside its exact or published result: `node test/bench/science.ts`. What the rows say is
// asserted by test/science.
import { SUITE } from '../science/suite.ts';

const figure = (value: number): string => String(Number(value.toPrecision(5)));

console.log('| model | result | known | found | allowed | width from | |\n|:--|:--|--:|--:|:--|:--|:--|');
for (const rowsOf of Object.values(SUITE)) {
  const began = process.cpuUsage();
  for (const { model, what, known, found, low, high, tolerance } of await rowsOf()) {
    const holds = found >= low && found <= high ? 'ok' : 'OFF';
    console.log(`| ${[model, what, known, figure(found), `${figure(low)} … ${figure(high)}`, tolerance, holds].join(' | ')} |`);
  }
  const { user, system } = process.cpuUsage(began);
  console.error(`  ${((user + system) / 1e6).toFixed(1)} s of processor time`);
}
