// A population in a run's file. Packing a million agents takes seconds: it is done once.
import type { Population, RunFile } from '../contract.ts';
import { encodePopulation } from './encode.ts';

const HASH = 'population-hash';

/** Puts the population into the file, unless the file holds it already. */
export function storePopulation(file: RunFile, population: Population): void {
  if (file.json(HASH) === population.hash) return;
  file.putBlob('population', encodePopulation(population));
  file.putJson(HASH, population.hash);
}
