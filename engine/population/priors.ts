// Who a crowd is made of: documented, deliberately rough priors of an adult online public. Each table says where
// its shape comes from; none claims to describe a particular country. Change a table and every hash changes.
import { EDUCATION } from '../contract.ts';

/** Age bands with weights: shape of an adult population that uses social platforms (younger than a census). */
export const AGE_BANDS = [
  { from: 16, to: 24, weight: 17 },
  { from: 25, to: 34, weight: 22 },
  { from: 35, to: 44, weight: 19 },
  { from: 45, to: 54, weight: 16 },
  { from: 55, to: 64, weight: 13 },
  { from: 65, to: 74, weight: 9 },
  { from: 75, to: 88, weight: 4 },
] as const;

/** Female, male, nonbinary: shares of recent census questions that offer a third answer. */
export const GENDER_WEIGHTS = [0.495, 0.495, 0.01] as const;

/** Rows by age group (under 25, 25–54, 55+), columns as EDUCATION: younger cohorts stayed longer at school. */
export const EDUCATION_WEIGHTS = [
  [0.05, 0.5, 0.16, 0.25, 0.04],
  [0.06, 0.27, 0.24, 0.28, 0.15],
  [0.14, 0.34, 0.27, 0.16, 0.09],
] as const;

/**
 * Change of a trait (in standard deviations) from age 20 to age 70. Direction and rough size as in cross-sectional
 * studies of the Big Five over the life span (conscientiousness and agreeableness rise, neuroticism falls).
 */
export const TRAIT_AGE_SLOPES = [-0.2, 0.6, -0.15, 0.5, -0.4] as const;
export const TRAIT_MEAN = 0.5;
export const TRAIT_DEVIATION = 0.16;

/**
 * Weights of age and traits on the higher-order values, in standard deviations. Directions as in the meta-analysis of
 * traits and Schwartz values: openness ↔ openness to change, agreeableness ↔ self-transcendence,
 * conscientiousness ↔ conservation, age ↔ conservation. Columns: age (−1 at 20, +1 at 70), then TRAITS.
 */
export const VALUE_LOADINGS = [
  [-0.3, 0.5, -0.1, 0.15, 0, -0.05],
  [-0.2, -0.05, 0.05, 0.25, -0.4, 0.05],
  [0.35, -0.4, 0.25, 0, 0.15, 0.05],
  [0.1, 0.25, 0, 0, 0.5, 0],
] as const;
export const VALUE_NOISE = 0.75;
export const VALUE_DEVIATION = 0.15;

export interface Occupation {
  /** Noun phrase that fits after “a” or “an”. */
  readonly name: string;
  readonly weight: number;
  /** Lowest index into EDUCATION. */
  readonly education: number;
  /** Rhythm by name; see rhythms.ts. */
  readonly rhythm: string;
  /** Word stems in documents that speak of this work. */
  readonly stems: readonly string[];
  /** Other names of those who do it, in the singular. */
  readonly nouns: readonly string[];
}

const SECONDARY = EDUCATION.indexOf('secondary');
const VOCATIONAL = EDUCATION.indexOf('vocational');
const BACHELOR = EDUCATION.indexOf('bachelor');
const POSTGRADUATE = EDUCATION.indexOf('postgraduate');

const job = (name: string, weight: number, education: number, rhythm: string, stems = '', nouns = ''): Occupation => ({
  name,
  weight,
  education,
  rhythm,
  stems: stems === '' ? [] : stems.split(' '),
  nouns: nouns === '' ? [] : nouns.split(','),
});

/** Weights follow the broad shares of employment by sector (services large, farming small). */
const GENERAL_OCCUPATIONS: readonly Occupation[] = [
  job('shop assistant', 5, 0, 'early shift', 'shop retail store customer', 'cashier,clerk'),
  job('warehouse worker', 4, 0, 'early shift', 'logistic warehouse delivery'),
  job('bus driver', 2, 0, 'early shift', 'bus transit transport passenger', 'driver'),
  job('lorry driver', 2, 0, 'early shift', 'freight truck lorry toll road', 'truck driver,trucker,rider,courier'),
  job('cleaner', 3, 0, 'early shift'),
  job('cook', 3, 0, 'late shift', 'restaurant food kitchen'),
  job('waiter', 2, 0, 'late shift', 'restaurant tourism cafe'),
  job('farmer', 2, 0, 'early riser', 'farm crop agricultur harvest livestock', 'grower'),
  job('gardener', 1, 0, 'early riser', 'garden park'),
  job('fisher', 0.4, 0, 'early riser', 'fish harbour harbor trawler', 'fisherman'),
  job('builder', 3, 0, 'early shift', 'construction housing scaffold', 'construction worker'),
  job('electrician', 2, VOCATIONAL, 'early shift', 'electric grid power'),
  job('plumber', 1.5, VOCATIONAL, 'early shift', 'water pipe'),
  job('car mechanic', 1.5, VOCATIONAL, 'early shift', 'car vehicle garage'),
  job('hairdresser', 1.5, VOCATIONAL, 'commuter'),
  job('factory technician', 3, VOCATIONAL, 'late shift', 'factory plant manufactur industr', 'factory worker,metalworker'),
  job('train conductor', 0.7, VOCATIONAL, 'early shift', 'rail train station'),
  job('care worker', 3, SECONDARY, 'late shift', 'care elderly home', 'carer'),
  job('nurse', 3, VOCATIONAL, 'late shift', 'hospital health patient clinic'),
  job('paramedic', 0.7, VOCATIONAL, 'late shift', 'ambulance emergency rescue'),
  job('doctor', 1, POSTGRADUATE, 'commuter', 'hospital health patient vaccin medic', 'general practitioner,physician'),
  job('pharmacist', 0.6, BACHELOR, 'commuter', 'drug pharma medicine'),
  job('primary school teacher', 2, BACHELOR, 'early riser', 'school child teach education', 'teacher'),
  job('secondary school teacher', 2, BACHELOR, 'early riser', 'school student teach education', 'teacher'),
  job('childminder', 1.2, SECONDARY, 'early riser', 'child family nursery'),
  job('social worker', 1, BACHELOR, 'commuter', 'welfare housing poverty family'),
  job('librarian', 0.4, BACHELOR, 'commuter', 'library book culture'),
  job('office clerk', 4, SECONDARY, 'office day'),
  job('receptionist', 1.5, SECONDARY, 'office day', 'hotel clinic'),
  job('accountant', 1.6, BACHELOR, 'office day', 'audit tax account budget', 'auditor,bookkeeper'),
  job('bank employee', 1.2, VOCATIONAL, 'office day', 'bank loan mortgage finance'),
  job('insurance adviser', 0.8, VOCATIONAL, 'office day', 'insur risk'),
  job('estate agent', 0.6, VOCATIONAL, 'commuter', 'housing rent property'),
  job('sales manager', 1.6, BACHELOR, 'office day', 'market sales customer price'),
  job('marketing specialist', 1.2, BACHELOR, 'office day', 'brand market advert campaign'),
  job('human resources officer', 0.8, BACHELOR, 'office day', 'worker union staff employ'),
  job('project manager', 1.4, BACHELOR, 'office day', 'project plan deliver'),
  job('civil servant', 2, BACHELOR, 'office day', 'ministry government council agency regulat', 'official,inspector'),
  job('urban planner', 0.4, POSTGRADUATE, 'office day', 'city urban bridge traffic zoning'),
  job('lawyer', 0.8, POSTGRADUATE, 'office day', 'court law legal lawsuit regulat', 'solicitor,attorney,barrister'),
  job('police officer', 0.9, VOCATIONAL, 'late shift', 'police crime safety', 'policeman,constable'),
  job('firefighter', 0.4, VOCATIONAL, 'late shift', 'fire rescue emergency'),
  job('civil engineer', 0.9, BACHELOR, 'office day', 'bridge tunnel highway civil', 'engineer'),
  job('mechanical engineer', 0.9, BACHELOR, 'office day', 'mechanic manufactur valve pump motor', 'engineer'),
  job(
    'software developer',
    2,
    BACHELOR,
    'night owl',
    'software api code developer model gateway agent platform open-source',
    'developer,programmer,engineer',
  ),
  job(
    'systems administrator',
    0.8,
    VOCATIONAL,
    'night owl',
    'server cloud network infrastructure deploy',
    'system administrator,operator,administrator',
  ),
  job(
    'security engineer',
    0.5,
    BACHELOR,
    'night owl',
    'security breach attack guardrail credential',
    'security team,security expert',
  ),
  job('data analyst', 0.9, BACHELOR, 'office day', 'data model statistic analytic', 'data scientist'),
  job('product manager', 0.7, BACHELOR, 'office day', 'product feature roadmap enterprise startup', 'product team'),
  job('platform architect', 0.3, BACHELOR, 'office day', 'platform architecture enterprise cloud gateway', 'architect'),
  job('graphic designer', 0.8, BACHELOR, 'night owl', 'design brand art'),
  job('photographer', 0.5, SECONDARY, 'night owl', 'photo art culture'),
  job('musician', 0.5, SECONDARY, 'night owl', 'music concert festival'),
  job('translator', 0.4, BACHELOR, 'night owl', 'language translat'),
  job('freelance writer', 0.6, BACHELOR, 'night owl', 'story book novel blog', 'author,novelist'),
  job('researcher', 0.8, POSTGRADUATE, 'office day', 'research study university science', 'scientist,professor'),
  job('biologist', 0.3, POSTGRADUATE, 'office day', 'species climate ecolog conservation'),
  job('economist', 0.3, POSTGRADUATE, 'office day', 'econom inflation macroeconom'),
  job('investor', 0.4, BACHELOR, 'commuter', 'share stock investor fund market earning', 'shareholder'),
  job('small business owner', 2.5, SECONDARY, 'commuter', 'business trade shop toll tax', 'shopkeeper,merchant,business owner'),
  job('café owner', 0.7, SECONDARY, 'early riser', 'cafe restaurant tourism', 'restaurant owner,innkeeper'),
  job('union representative', 0.4, SECONDARY, 'commuter', 'union strike wage worker', 'trade unionist,union secretary'),
  job('community volunteer', 0.9, SECONDARY, 'retired day', 'volunteer charity neighbour'),
  job('stay-at-home parent', 2, SECONDARY, 'retired day', 'family child parent'),
  job('job seeker', 2, SECONDARY, 'night owl', 'unemploy jobless benefit'),
];
/** Occupations of particular fields: nobody in the general crowd, drawn only where documents speak of them. */
const FIELD_OCCUPATIONS: readonly Occupation[] = [
  job(
    'platform engineer',
    0,
    BACHELOR,
    'office day',
    'platform infrastructure gateway kubernetes deploy',
    'platform team,infrastructure team',
  ),
  job(
    'site reliability engineer',
    0,
    BACHELOR,
    'late shift',
    'latency uptime observab incident throughput',
    'devops engineer,devops team',
  ),
  job('machine learning engineer', 0, POSTGRADUATE, 'night owl', 'llm inference embedding fine-tun', 'ai engineer,ml engineer'),
  job(
    'chief information security officer',
    0,
    POSTGRADUATE,
    'office hours',
    'compliance governance guardrail credential',
    'ciso,security leader',
  ),
  job('head of engineering', 0, BACHELOR, 'office hours', 'engineering roadmap', 'engineering leader,engineering manager,cto'),
  job('compliance officer', 0, BACHELOR, 'office day', 'complian regulat gdpr hipaa', 'compliance team,regulator'),
  job('IT consultant', 0, BACHELOR, 'commuter', 'migrat vendor integrat', 'consultant,integrator'),
  job('startup founder', 0, BACHELOR, 'night owl', 'startup', 'founder,entrepreneur'),
  job('finance manager', 0, BACHELOR, 'office day', 'budget spend cost invoice', 'finance team,cfo'),
  job('fund manager', 0, POSTGRADUATE, 'office hours', 'fund shareholder dividend portfolio', 'asset manager,portfolio manager'),
  job('financial analyst', 0, POSTGRADUATE, 'office hours', 'earning margin guidance revenue forecast', 'equity analyst'),
  job('retail trader', 0, SECONDARY, 'night owl', 'token crypto bitcoin wallet trading', 'day trader,speculator'),
  job('crypto developer', 0, BACHELOR, 'night owl', 'blockchain token wallet', 'blockchain developer'),
  job('hospital administrator', 0, BACHELOR, 'office day', 'hospital ward merger', 'hospital manager'),
  job('midwife', 0, VOCATIONAL, 'late shift', 'maternity birth'),
  job('surgeon', 0, POSTGRADUATE, 'early shift', 'surger surgical'),
  job('headteacher', 0, POSTGRADUATE, 'early riser', 'school curriculum', 'head teacher'),
  job('school governor', 0, SECONDARY, 'commuter', 'curriculum'),
  job('football supporter', 0, 0, 'commuter', 'football', 'fan,supporter,season ticket holder'),
  job('football coach', 0, VOCATIONAL, 'late shift', 'football academy'),
  job('publican', 0, SECONDARY, 'late shift', 'pub brewery', 'landlord'),
  job('hotel owner', 0, SECONDARY, 'early riser', 'hotel tourism', 'hotelier'),
  job('heating installer', 0, VOCATIONAL, 'early shift', 'boiler', 'installer'),
  job('journalist', 0, BACHELOR, 'newsroom', '', 'reporter,correspondent,editor'),
  job('delivery rider', 0, 0, 'late shift', 'courier deliver', 'rider'),
  job('tenant', 0, 0, 'commuter', 'rent landlord'),
];

/** Ways of life that are no work: nobody does them "at work" or "by day". */
export const NOT_WORK: ReadonlySet<string> = new Set([
  'football supporter',
  'tenant',
  'stay-at-home parent',
  'community volunteer',
]);

/** General occupations, then those of particular fields. */
export const OCCUPATIONS: readonly Occupation[] = [...GENERAL_OCCUPATIONS, ...FIELD_OCCUPATIONS];
/** Not drawn from the table: they follow from age. */
export const STUDENT: Occupation = job('student', 0, SECONDARY, 'student', '', 'pupil');
export const RETIRED: Occupation = job('retired', 0, 0, 'retired day', '', 'pensioner,retiree');
/** What named actors that are not people are put down as. */
export const BODY_OCCUPATIONS = ['public figure', 'organisation', 'news outlet', 'public body'] as const;

/** Used beside or instead of places that the documents name; each fits after “in”. */
export const GENERIC_REGIONS = [
  { name: 'a big city', weight: 3 },
  { name: 'a mid-sized town', weight: 3 },
  { name: 'the suburbs', weight: 3 },
  { name: 'a small town', weight: 2 },
  { name: 'a village', weight: 1.5 },
] as const;
