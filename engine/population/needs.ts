// Reads texts on whether something will be, or should be, held necessary ("mandatory", "standard", "adopted"). There
// the plight of those who lack the thing speaks for it, and only what it costs to have it speaks against it.
import { clamp } from './draws.ts';

const NECESSITY =
  /\b(mandatory|required?|compulsory|obligatory|essential|indispensable|necessary|standard|must-have|adopt(?:ed)?|need(?:ed|s)?)\b/i;

/** Whether a proposition says that its thing is, will be or should be necessary. */
export const isAboutNeed = (proposition: string): boolean => NECESSITY.test(proposition) && !/\b(not|never)\b/i.test(proposition);

const LACKING =
  /\b(?:(?:without|lack of|lacks?|lacking|absence of|missing|no)\s+(?:\S+\s+){0,3}|(?:not|n['’]t)\s+(?:\S+ly\s+)?(?:provide|include|offer|support|have|come with|handle|enforce)\s+(?:\S+\s+){0,3}|(?:inconsistent|poor|weak|scattered|manual|insufficient|fragmented|unclear)\s+)$/i;
const SPARED =
  /\b(?:no need (?:for|to)|(?:not|n['’]t|never|hardly|rarely) (?:\S+ )?(?:need|require|want|care about)|skip(?:ping)?|unnecessary|overkill|rather than|instead of|ignor(?:e|es|ing)|bother with)\s+(?:\S+\s+){0,3}$/i;
const BURDEN =
  /\b(?:adds?|adding|introduces?|introduce|becomes?|become|causes?|creates?|is|are|remains?|means|brings?|slows?|comes with)\s+(?:\S+\s+){0,4}?(?:overhead|bottlenecks?|latency|expensive|costly|slow|down|overkill|unnecessary|optional|burdens?|complexity|too much|delays?|in the way|obsolete|nice[- ]to[- ]have)\b/i;
const RELIEF =
  /\b(?:without|avoid(?:s|ing)?|reduc(?:e|es|ing)|prevent(?:s|ing)?|no|less|minimal|low|instead of)\s+(?:\S+\s+){0,3}$/i;
const WANTED =
  /\b(?:requir|need|must\b|should\b|essential|important|critical|crucial|mandatory|necessary|enforc|ensur|enabl|support|provid|improv|prevent|reduc|protect|help|confiden|centrali|unif|reveal|gain\b|insight|matter|safe|secur|easier|valuable|reliab|govern)\w*/gi;

/** −1 … +1 toward the necessity of the thing that `pattern` finds; 0 where the text does not say. */
export function needLean(text: string, patterns: readonly RegExp[], tone: number): number {
  const at = patterns
    .map((pattern) => pattern.exec(text))
    .flatMap((match) => (match === null ? [] : [{ from: match.index, to: match.index + match[0].length }]))
    .toSorted((a, b) => a.from - b.from)[0];
  const before = at === undefined ? '' : text.slice(0, at.from);
  const after = at === undefined ? text : text.slice(at.to);
  if (SPARED.test(before)) return -0.45;
  const burden = at === undefined ? null : BURDEN.exec(after);
  if (burden !== null && !RELIEF.test(after.slice(0, burden.index)) && !LACKING.test(before)) return -0.45;
  if (LACKING.test(before)) return 0.5;
  const wanted = Math.min(3, text.match(WANTED)?.length ?? 0);
  const plight = tone < 0 ? 0.3 : tone > 0 ? 0.1 : 0;
  return clamp(0.18 * wanted + plight, 0, 0.7);
}
