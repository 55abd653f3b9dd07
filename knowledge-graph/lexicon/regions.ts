// Names of what holds towns: countries and the states of federations, with their usual short forms.
import { words } from './words.ts';

const STATES = words(
  `alabama ala. alaska arizona ariz. ariz arkansas ark. california calif. calif colorado colo. connecticut conn. delaware del.
  florida fla. fla georgia ga. hawaii idaho illinois ill. indiana ind. iowa kansas kan. kan kentucky ky. louisiana la. maine
  maryland md. massachusetts mass. mass michigan mich. minnesota minn. minn mississippi miss. missouri mo. montana mont. nebraska neb.
  nevada nev. new_hampshire n.h. new_jersey n.j. new_mexico n.m. north_carolina n.c. north_dakota n.d. ohio oklahoma okla.
  oregon ore. ore pennsylvania pa. rhode_island r.i. south_carolina s.c. south_dakota s.d. tennessee tenn. tenn texas tex. tex utah
  vermont vt. virginia va. washington_state wash. west_virginia w.va. wisconsin wis. wyoming wyo. d.c. ontario quebec alberta
  manitoba saskatchewan nova_scotia british_columbia bavaria saxony hesse queensland victoria new_south_wales tasmania
  punjab kerala gujarat maharashtra bihar england scotland wales northern_ireland u.s. u.s.a. usa u.k. uk uae
  west_germany east_germany czechoslovakia yugoslavia soviet_union u.s.s.r. ussr`,
);

let countries: ReadonlySet<string> | undefined;

/** Whether a (lower-case) name is that of a country or a state of one. */
export function isRegion(lower: string): boolean {
  countries ??= countryNames();
  return STATES.has(lower) || countries.has(lower);
}

function countryNames(): ReadonlySet<string> {
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  return new Set(
    letters.flatMap((first) =>
      letters.flatMap((second) => {
        const name = display.of(first + second);
        return name === undefined ? [] : [name.toLowerCase()];
      }),
    ),
  );
}
