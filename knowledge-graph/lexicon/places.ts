// Names of places for free: countries from Intl.DisplayNames, cities from the time-zone table, and a short own list.
import { words } from './words.ts';

const OWN = words(
  'london paris berlin munich hamburg frankfurt cologne rome milan naples madrid barcelona lisbon porto vienna zurich geneva brussels amsterdam rotterdam copenhagen stockholm gothenburg oslo helsinki dublin edinburgh glasgow manchester birmingham liverpool leeds bristol cardiff belfast athens warsaw kraków prague budapest bucharest sofia belgrade zagreb kyiv moscow st._petersburg istanbul ankara beirut jerusalem tel_aviv cairo lagos nairobi johannesburg cape_town accra addis_ababa dubai abu_dhabi doha riyadh tehran baghdad karachi lahore delhi new_delhi mumbai bangalore bengaluru chennai hyderabad kolkata dhaka bangkok jakarta manila hanoi kuala_lumpur beijing shanghai shenzhen guangzhou hong_kong taipei seoul busan tokyo osaka kyoto sydney melbourne brisbane perth auckland wellington new_york new_york_city los_angeles san_francisco silicon_valley chicago boston seattle washington houston dallas austin miami atlanta philadelphia denver detroit toronto montreal vancouver ottawa mexico_city bogotá lima santiago buenos_aires são_paulo rio_de_janeiro brasília lyon marseille toulouse nantes bordeaux lille strasbourg nice stuttgart düsseldorf leipzig dresden bremen hannover nuremberg turin florence venice bologna palermo valencia seville bilbao málaga granada coimbra basel bern lausanne salzburg graz ghent antwerp utrecht eindhoven aarhus malmö bergen tampere gdańsk wrocław poznań brno bratislava ljubljana thessaloniki california texas florida ohio virginia oregon scotland wales england britain great_britain america europe asia africa antarctica latin_america middle_east bavaria catalonia wall_street white_house_lawn u.s. us usa uk u.k. uae eu_member_states',
);
const NOT_PLACES = words(
  'gaza_strip_war factory center easter eastern central mountain pacific general troll vincennes knox winamac nome recife',
);

/** Two or more letters of the alphabet give every ISO 3166 region that this Node knows. */
function regionNames(): ReadonlySet<string> {
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const names = new Set<string>();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of letters) {
    for (const second of letters) {
      const name = display.of(first + second);
      if (name !== undefined && !/pseudo|unknown|outlying/i.test(name)) names.add(name.toLowerCase().replace(/ \(.*\)$/, ''));
    }
  }
  return names;
}

function timeZoneCities(): readonly string[] {
  return Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const city = zone.split('/').at(-1);
    return zone.includes('/') && city !== undefined ? [city.replaceAll('_', ' ').toLowerCase()] : [];
  });
}

let known: ReadonlySet<string> | undefined;

/** Places that everybody knows, lower case. */
export function knownPlaces(): ReadonlySet<string> {
  return (known ??= new Set([...regionNames(), ...timeZoneCities(), ...OWN].filter((name) => !NOT_PLACES.has(name))));
}

export const isKnownPlace = (lower: string): boolean => knownPlaces().has(lower);

/** Adjectives of peoples and places: capitalised, but no names by themselves. */
export const DEMONYMS = words(
  'american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss austrian swedish norwegian danish finnish polish czech hungarian romanian bulgarian greek turkish russian ukrainian israeli palestinian lebanese egyptian moroccan nigerian kenyan ethiopian african asian european latin chinese japanese korean taiwanese vietnamese thai indonesian malaysian filipino indian pakistani bangladeshi iranian iraqi saudi syrian australian canadian mexican brazilian argentine chilean colombian peruvian cuban western eastern northern southern christian muslim jewish catholic protestant buddhist hindu arab arabic baltic nordic scandinavian asian-american mediterranean atlantic californian parisian londoner norwegians americans germans europeans chinese',
);
