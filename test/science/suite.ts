// Every named dynamic against its exact or published result.
import { averagingRows } from './averaging.ts';
import { confidenceRows } from './confidence.ts';
import { copyingRows } from './copying.ts';
import { herdingRows } from './herding.ts';
import { mixingRows } from './mixing.ts';
import { postingRows } from './posting.ts';
import type { Row } from './row.ts';
import { spreadingRows } from './spreading.ts';

export const SUITE: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  'averaging (DeGroot, Friedkin–Johnsen)': averagingRows,
  'bounded confidence (Deffuant–Weisbuch, Hegselmann–Krause)': confidenceRows,
  'copying (voter)': copyingRows,
  'spreading (independent cascade, thresholds, SIR)': spreadingRows,
  'posting (Hawkes)': postingRows,
  'mixing (measures on a block model)': mixingRows,
  'herding (Bikhchandani–Hirshleifer–Welch)': herdingRows,
};
