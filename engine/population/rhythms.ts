// When in the day people open their platforms: named profiles of 24 hourly weights by local hour, each with
// maximum 1. Shapes are chosen after the known daily curves of social media use (low at night, humps around
// commuting, lunch and evening), one per way of life.

/** Hours 0–23 as digits 0–9, scaled by the profile's largest. */
const PROFILES = {
  'office day': '100001356555775556898742',
  commuter: '100002594334643347878631',
  'early riser': '000015985544554445765310',
  'early shift': '000036633346545689875200',
  'late shift': '742111123456543222234699',
  'night owl': '964211112233444455667899',
  student: '632111124455665566788995',
  'retired day': '000002468998765667887410',
  newsroom: '322334799988887777788654',
  'office hours': '000000036999777989530000',
} as const satisfies Record<string, string>;

const scale = (digits: string): readonly number[] => {
  const counts = Array.from(digits, Number);
  const top = Math.max(...counts);
  return counts.map((count) => count / top);
};

export const rhythmTable = (): readonly { readonly name: string; readonly hours: readonly number[] }[] =>
  Object.entries(PROFILES).map(([name, digits]) => ({ name, hours: scale(digits) }));

export function rhythmIndex(name: string): number {
  const index = Object.keys(PROFILES).indexOf(name);
  if (index < 0) throw new RangeError(`No rhythm is called ${name}`);
  return index;
}
