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
  /** Word stems in documents that make this occupation more common in the crowd around them. */
  readonly stems: readonly string[];
}

const SECONDARY = EDUCATION.indexOf('secondary');
const VOCATIONAL = EDUCATION.indexOf('vocational');
const BACHELOR = EDUCATION.indexOf('bachelor');
const POSTGRADUATE = EDUCATION.indexOf('postgraduate');

const job = (name: string, weight: number, education: number, rhythm: string, stems = ''): Occupation => ({
  name,
  weight,
  education,
  rhythm,
  stems: stems === '' ? [] : stems.split(' '),
});

/** Weights follow the broad shares of employment by sector (services large, farming small). */
export const OCCUPATIONS: readonly Occupation[] = [
  job('shop assistant', 5, 0, 'early shift', 'shop retail store customer'),
  job('warehouse worker', 4, 0, 'early shift', 'logistic warehouse delivery'),
  job('bus driver', 2, 0, 'early shift', 'bus transit transport passenger'),
  job('lorry driver', 2, 0, 'early shift', 'freight truck lorry toll road'),
  job('cleaner', 3, 0, 'early shift'),
  job('cook', 3, 0, 'late shift', 'restaurant food kitchen'),
  job('waiter', 2, 0, 'late shift', 'restaurant tourism cafe'),
  job('farmer', 2, 0, 'early riser', 'farm crop agricultur harvest livestock'),
  job('gardener', 1, 0, 'early riser', 'garden park'),
  job('fisher', 0.4, 0, 'early riser', 'fish harbour port sea'),
  job('builder', 3, 0, 'early shift', 'construct build housing site'),
  job('electrician', 2, VOCATIONAL, 'early shift', 'electric grid power'),
  job('plumber', 1.5, VOCATIONAL, 'early shift', 'water pipe'),
  job('car mechanic', 1.5, VOCATIONAL, 'early shift', 'car vehicle garage'),
  job('hairdresser', 1.5, VOCATIONAL, 'commuter'),
  job('factory technician', 3, VOCATIONAL, 'late shift', 'factory plant manufactur industr'),
  job('train conductor', 0.7, VOCATIONAL, 'early shift', 'rail train station'),
  job('care worker', 3, SECONDARY, 'late shift', 'care elderly home'),
  job('nurse', 3, VOCATIONAL, 'late shift', 'hospital health patient clinic'),
  job('paramedic', 0.7, VOCATIONAL, 'late shift', 'ambulance emergency rescue'),
  job('doctor', 1, POSTGRADUATE, 'commuter', 'hospital health patient vaccin medic'),
  job('pharmacist', 0.6, BACHELOR, 'commuter', 'drug pharma medicine'),
  job('primary school teacher', 2, BACHELOR, 'early riser', 'school child teach education'),
  job('secondary school teacher', 2, BACHELOR, 'early riser', 'school student teach education'),
  job('childminder', 1.2, SECONDARY, 'early riser', 'child family nursery'),
  job('social worker', 1, BACHELOR, 'commuter', 'welfare housing poverty family'),
  job('librarian', 0.4, BACHELOR, 'commuter', 'library book culture'),
  job('office clerk', 4, SECONDARY, 'office day'),
  job('receptionist', 1.5, SECONDARY, 'office day', 'hotel clinic'),
  job('accountant', 1.6, BACHELOR, 'office day', 'audit tax account budget'),
  job('bank employee', 1.2, VOCATIONAL, 'office day', 'bank loan mortgage finance'),
  job('insurance adviser', 0.8, VOCATIONAL, 'office day', 'insur risk'),
  job('estate agent', 0.6, VOCATIONAL, 'commuter', 'housing rent property'),
  job('sales manager', 1.6, BACHELOR, 'office day', 'market sales customer price'),
  job('marketing specialist', 1.2, BACHELOR, 'office day', 'brand market advert campaign'),
  job('human resources officer', 0.8, BACHELOR, 'office day', 'worker union staff employ'),
  job('project manager', 1.4, BACHELOR, 'office day', 'project plan deliver'),
  job('civil servant', 2, BACHELOR, 'office day', 'ministry government council agency regulat'),
  job('urban planner', 0.4, POSTGRADUATE, 'office day', 'city urban bridge traffic zoning'),
  job('lawyer', 0.8, POSTGRADUATE, 'office day', 'court law legal lawsuit regulat'),
  job('police officer', 0.9, VOCATIONAL, 'late shift', 'police crime safety'),
  job('firefighter', 0.4, VOCATIONAL, 'late shift', 'fire rescue emergency'),
  job('civil engineer', 0.9, BACHELOR, 'office day', 'bridge road construct infrastructure'),
  job('mechanical engineer', 0.9, BACHELOR, 'office day', 'machine engine manufactur'),
  job('software developer', 2, BACHELOR, 'night owl', 'software api code developer model gateway agent platform open-source'),
  job('systems administrator', 0.8, VOCATIONAL, 'night owl', 'server cloud network infrastructure deploy'),
  job('security engineer', 0.5, BACHELOR, 'night owl', 'security breach attack guardrail credential'),
  job('data analyst', 0.9, BACHELOR, 'office day', 'data model statistic analytic'),
  job('product manager', 0.7, BACHELOR, 'office day', 'product feature roadmap enterprise startup'),
  job('platform architect', 0.3, BACHELOR, 'office day', 'platform architecture enterprise cloud gateway'),
  job('graphic designer', 0.8, BACHELOR, 'night owl', 'design brand art'),
  job('photographer', 0.5, SECONDARY, 'night owl', 'photo art culture'),
  job('musician', 0.5, SECONDARY, 'night owl', 'music concert festival'),
  job('translator', 0.4, BACHELOR, 'night owl', 'language translat'),
  job('freelance writer', 0.6, BACHELOR, 'night owl', 'story book novel blog'),
  job('researcher', 0.8, POSTGRADUATE, 'office day', 'research study university science'),
  job('biologist', 0.3, POSTGRADUATE, 'office day', 'species climate ecolog conservation'),
  job('economist', 0.3, POSTGRADUATE, 'office day', 'econom inflation price rate market'),
  job('investor', 0.4, BACHELOR, 'commuter', 'share stock investor fund market earning'),
  job('small business owner', 2.5, SECONDARY, 'commuter', 'business trade shop toll tax'),
  job('café owner', 0.7, SECONDARY, 'early riser', 'cafe restaurant tourism'),
  job('union representative', 0.4, SECONDARY, 'commuter', 'union strike wage worker'),
  job('community volunteer', 0.9, SECONDARY, 'retired day', 'volunteer charity neighbour'),
  job('stay-at-home parent', 2, SECONDARY, 'retired day', 'family child parent'),
  job('job seeker', 2, SECONDARY, 'night owl', 'unemploy jobless benefit'),
];
/** Not drawn from the table: they follow from age. */
export const STUDENT: Occupation = job('student', 0, SECONDARY, 'student');
export const RETIRED: Occupation = job('retired', 0, 0, 'retired day');
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
