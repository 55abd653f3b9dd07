// Nouns that say what kind of thing a name is: at its end ("Harbour Council"), before it ("the startup Acme")
// or after a copula ("Bifrost is a gateway"). The noun itself becomes the subtype.
import type { EntityType } from '../contract.ts';
import { wordsByKey } from './words.ts';

/** Last word of a name (or first word before "of") → type. */
const NAME_HEADS = wordsByKey(`
organisation: research finance united together management asset token_exchange inc corp corporation ltd llc plc gmbh ag sa nv bv co company group holdings partners ventures capital labs lab industries systems technologies technology solutions software airlines airways motors energy pharmaceuticals pharma foods logistics studios entertainment union unions party alliance association federation foundation society club league coalition movement campaign initiative trust consortium cooperative co-op collective network charity front brotherhood guild syndicate brewery chamber shipping railways rail insurance consulting bakery hotel farms fisheries robotics dynamics analytics networks semiconductors biotech therapeutics diagnostics ferries traders workers nurses growers owners residents commuters builders steel mining oil gas petroleum chemicals textiles telecom communications securities investments investors ventures bros brothers associates advisors ltda spa oy ab as kg se
media: wire ledger times post herald tribune gazette news radio tv television broadcasting magazine journal chronicle courier observer daily weekly press guardian telegraph mirror echo bulletin dispatch examiner inquirer reporter review podcast newswire
institution: primary secondary infirmary clinic ministry council court university agency authority commission department parliament senate police bank institute committee office school college hospital academy treasury assembly congress bureau board government administration embassy army navy library museum tribunal inspectorate ombudsman constabulary prosecutor directorate secretariat observatory laboratory service
place: river street lake mount mountain city county island islands bay bridge square park avenue valley harbour harbor port road town village district province peninsula sea ocean airport station desert forest hill hills beach coast quay pier plaza lane borough canal dam creek falls cape point house gate cliff cliffs reef lighthouse
event: war summit conference festival election elections olympics cup championship crisis referendum expo marathon games forum awards revolution uprising protest strike earthquake hurricane pandemic convention fair derby final carnival congress
law: act law bill directive regulation treaty accord agreement ordinance code charter constitution statute decree amendment convention protocol_act
product: app api sdk cli pro max mini studio cloud desktop server engine framework platform suite os browser console assistant copilot
`);

/** A common noun beside or after a name → type of that name. */
const KIND_NOUNS = wordsByKey(`
organisation: exchange auditor enterprise competitor rival shareholder investor fund trust company startup firm manufacturer maker airline retailer developer supplier brewery vendor operator organisation organization group party union charity nonprofit ngo club team consortium cooperative chain conglomerate subsidiary publisher bank lender insurer builder carmaker association federation foundation campaign movement business contractor consultancy employer
media: newspaper magazine broadcaster channel forum podcast newsletter blog tabloid paper outlet station website site
institution: ministry council court university agency authority commission department parliament senate regulator institute committee government hospital school college central_bank watchdog police treasury museum library
place: town city village country river island region port harbour harbor suburb neighbourhood neighborhood province state district capital lake mountain valley street bridge square park
product: token coin cryptocurrency pump proxy_server gateway tool library platform framework model app application proxy service device phone product software package plugin system database assistant browser language_model chip car vehicle drug vaccine game server api sdk solution trawler ship boat vessel ferry aircraft robot drone camera smartphone laptop router client ide orchestrator runtime tracker
law: law act bill directive regulation treaty ordinance standard rule ban framework_law
event: summit conference festival election referendum war strike protest championship concert meeting fair storm flood earthquake
person: mayor minister engineer professor teacher doctor lawyer president ceo founder chairman chairwoman chair director spokesman spokeswoman spokesperson senator councillor councilor writer author journalist reporter activist analyst economist scientist researcher farmer fisherman resident owner manager chief officer captain sister brother mother father daughter son wife husband neighbour neighbor boy girl man woman widow student nurse shopkeeper governor secretary treasurer deputy leader candidate detective inspector clerk historian architect artist singer actor player coach judge
concept: protocol standard_protocol technique approach pattern concept method methodology idea layer architecture strategy practice discipline process specification format architecture_pattern category
`);

const typeOf = (table: ReadonlyMap<string, string>, word: string): EntityType | undefined =>
  table.get(word) as EntityType | undefined;

/** Type of a name by its head word, e.g. `council` → institution. */
export const typeOfNameHead = (word: string): EntityType | undefined => typeOf(NAME_HEADS, word);

/** Type of the thing that a common noun speaks of, e.g. `startup` → organisation. */
export const typeOfKindNoun = (noun: string): EntityType | undefined => typeOf(KIND_NOUNS, noun);

const FIRST_WORDS = wordsByKey(`
media: radio channel tv daily
place: upper lower lake mount port fort cape isle saint st. san santa los las el puerto
organisation: friends banco groupe grupo
`);

/** Type of a name by its first word, e.g. "Radio Coast", "Port Ansgar". */
export const typeOfFirstWord = (word: string): EntityType | undefined => typeOf(FIRST_WORDS, word);

/** Suffixes that say "this is a company" and are no part of its everyday name. */
export const LEGAL_SUFFIXES: ReadonlySet<string> = new Set(
  'inc inc. corp corp. corporation ltd ltd. limited llc plc gmbh ag sa s.a. nv bv co co. company'.split(' '),
);

/** Heads that take "of": "Bank of …", "University of …". */
export const OF_HEADS: ReadonlySet<string> = new Set(
  (
    'bank university ministry department council city kingdom republic house court battle treaty declaration port bay gulf isle ' +
    'board institute museum state states office school college church chamber union commonwealth society association academy ' +
    'league federation bureau town village district province bishop archbishop duke duchess prince princess minister secretary ' +
    'order university college strait cape mount lake tower bill war guild friends world book museum gallery centre center'
  ).split(' '),
);
