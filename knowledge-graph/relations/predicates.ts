// The typed relations: which verbs (by lemma, with their preposition) and nouns say them, between which types, how
// many objects a subject can have at a time, and how the relation is called from the other end. A verb that is not
// here gives an open relation under its own name.
import type { EntityType, RelationTraits } from '../contract.ts';
import { addTo } from '../group.ts';

export interface RelationType extends RelationTraits {
  readonly predicate: string;
  readonly verbs: readonly string[];
  /** Nouns that say it with "of": "the capital of", "a subsidiary of". */
  readonly nouns: readonly string[];
  readonly from: readonly EntityType[];
  readonly to: readonly EntityType[];
  /** Facts of its inverse, where that has a row too, are stated as this one. */
  readonly isUsualEnd: boolean;
}

const PERSON: readonly EntityType[] = ['person'];
const BODY: readonly EntityType[] = ['organisation', 'institution', 'media'];
const ACTOR: readonly EntityType[] = ['person', ...BODY];
const MAKER: readonly EntityType[] = [...ACTOR, 'product', 'unknown'];
const ANY: readonly EntityType[] = [...ACTOR, 'place', 'product', 'event', 'law', 'concept', 'unknown'];
const THING: readonly EntityType[] = ['organisation', 'product', 'concept', 'unknown', 'institution', 'media'];

interface Extras {
  readonly nouns?: string;
  readonly cardinality?: RelationType['cardinality'];
  readonly inverse?: string;
  readonly isUsualEnd?: true;
}

/** Relations that happen once, or never change; all others go on until something ends them. */
const KINDS: ReadonlyMap<string, RelationType['kind']> = new Map([
  ...kindOf('event', 'dismiss, leave, meet, kill, acquire, merge with, sell, invest in, found, create, launch, sue, replace'),
  ...kindOf('event', 'announce, deny, propose, approve, ban, win'),
  ...kindOf('constant', 'born in, die in, parent of, child of, sibling of'),
]);

function kindOf(kind: RelationType['kind'], predicates: string): readonly (readonly [string, RelationType['kind']])[] {
  return predicates.split(', ').map((predicate) => [predicate, kind]);
}

const split = (list: string): readonly string[] => (list === '' ? [] : list.split(', '));

const row = (
  predicate: string,
  verbs: string,
  from: readonly EntityType[],
  to: readonly EntityType[],
  { nouns = '', cardinality = 'many', inverse, isUsualEnd }: Extras = {},
): RelationType => ({
  predicate,
  verbs: split(verbs),
  nouns: split(nouns),
  from,
  to,
  kind: KINDS.get(predicate) ?? 'state',
  cardinality,
  inverse,
  isUsualEnd: isUsualEnd === true,
});

const TABLE: readonly RelationType[] = [
  // People and bodies
  row(
    'lead',
    'lead, head, chair, run, govern, direct, manage, preside over, 领导, 执掌, 主持',
    PERSON,
    [...BODY, 'place', 'event'],
    {
      cardinality: 'one-subject',
      inverse: 'be led by',
    },
  ),
  row(
    'work for',
    'work for, work at, serve, serve on, join, be employed by, play for, teach at, 任职 于, 就职 于, 供职 于, 加入, 效力',
    PERSON,
    BODY,
    {
      nouns: 'employee, 员工',
      inverse: 'employ',
      isUsualEnd: true,
    },
  ),
  row('employ', 'employ, hire, recruit, appoint, 聘请, 雇用, 任命', BODY, PERSON, { inverse: 'work for' }),
  row('dismiss', 'fire, dismiss, sack, lay off, remove, 解雇, 罢免', ACTOR, PERSON, { inverse: 'be dismissed by' }),
  row('leave', 'leave, quit, resign from, step down from, retire from, 离开', PERSON, BODY),
  row('member of', 'belong to, sit on', ACTOR, BODY, { nouns: 'member, 成员', inverse: 'have as member' }),
  row('study at', 'study at, graduate from, attend, 毕业 于, 就读 于', PERSON, BODY, {
    nouns: 'student, graduate, alumnus, alumna, 学生',
  }),
  row('marry', 'marry, wed, 迎娶', PERSON, PERSON, {
    nouns: 'wife, husband, spouse, widow, widower, 妻子, 丈夫',
    cardinality: 'one-to-one',
    inverse: 'marry',
  }),
  row('parent of', 'father, beget', PERSON, PERSON, {
    nouns: 'father, mother, parent, 父亲, 母亲',
    inverse: 'child of',
    isUsualEnd: true,
  }),
  row('child of', '', PERSON, PERSON, { nouns: 'son, daughter, child, 儿子, 女儿', inverse: 'parent of' }),
  row('sibling of', '', PERSON, PERSON, { nouns: 'brother, sister, 哥哥, 弟弟, 姐姐, 妹妹', inverse: 'sibling of' }),
  row('know', 'know, love, trust, befriend, hate', PERSON, PERSON, { nouns: 'friend' }),
  row('meet', 'meet, meet with, talk to, speak to, negotiate with, 会见, 会晤', ACTOR, ACTOR, { inverse: 'meet' }),
  row('kill', 'kill, murder, assassinate, slay, 杀害, 刺杀, 枪杀', ACTOR, PERSON, {
    nouns: 'killer, assassin, murderer',
    cardinality: 'one-subject',
    inverse: 'be killed by',
  }),
  // Places
  row(
    'locate in',
    'base in, locate in, lie in, sit in, operate in, headquarter in, stand in, be based in, 位于, 坐落于, 设在',
    [...BODY, 'place', 'event', 'product'],
    ['place'],
    {
      inverse: 'hold',
    },
  ),
  row('live in', 'live in, move to, settle in, grow up in, reside in, 居住 在, 定居 在, 生活 在', PERSON, ['place'], {
    cardinality: 'one-object',
    nouns: 'native, resident, citizen',
  }),
  row('born in', 'bear in, bear at, bear near, 生于, 出生 于', PERSON, ['place'], {
    cardinality: 'one-object',
    inverse: 'birthplace of',
  }),
  row('die in', 'die in, die at, 死于, 逝世 于', PERSON, ['place'], { cardinality: 'one-object' }),
  row('capital of', '', ['place'], ['place'], {
    nouns: 'capital, 首都, 省会',
    cardinality: 'one-to-one',
    inverse: 'have as capital',
  }),
  row('part of', '', ANY, ANY, {
    nouns: 'part, division, unit, branch, district, suburb, department, province',
    inverse: 'have as part',
  }),
  // Business
  row('own', 'own, control, possess, 拥有, 控股', ACTOR, ANY, { nouns: 'owner', inverse: 'be owned by', isUsualEnd: true }),
  row('be owned by', '', THING, ACTOR, { nouns: 'subsidiary, 子公司', cardinality: 'one-object', inverse: 'own' }),
  row('acquire', 'acquire, buy, purchase, take over, 收购', ACTOR, ANY, { inverse: 'be acquired by' }),
  row('merge with', 'merge with, 合并', BODY, BODY, { inverse: 'merge with' }),
  row('sell', 'sell, 出售', ACTOR, ANY),
  row('invest in', 'invest in, fund, finance, sponsor, 投资, 资助', ACTOR, ANY, {
    nouns: 'investor, shareholder, sponsor, backer',
  }),
  row('found', 'found, co-found, establish, set up, start, 创立, 创办, 创建, 成立', ACTOR, [...BODY, 'unknown'], {
    nouns: 'founder, co-founder, cofounder, 创始人',
    inverse: 'be founded by',
  }),
  row(
    'create',
    'create, build, develop, design, invent, write, produce, make, compose, direct, paint, 开发, 研发, 制造, 生产, 设计, 建造',
    MAKER,
    ANY,
    {
      nouns: 'author, creator, inventor, designer, developer, maker, composer, 作者',
      inverse: 'be created by',
    },
  ),
  row('launch', 'launch, release, unveil, ship, roll out, open, 推出, 发布', MAKER, ANY),
  row('ally with', 'ally with, partner with, team up with, cooperate with, collaborate with', ACTOR, ACTOR, {
    nouns: 'ally, partner, 合作伙伴, 盟友',
    inverse: 'ally with',
  }),
  row('compete with', 'compete with, rival', [...ACTOR, 'product', 'unknown'], [...ACTOR, 'product', 'unknown'], {
    nouns: 'rival, competitor, 竞争对手',
    inverse: 'compete with',
  }),
  row('sue', 'sue, take to court, 起诉, 控告', ACTOR, ACTOR, { inverse: 'be sued by' }),
  row('replace', 'replace, succeed, supersede, 取代, 接替', ANY, ANY, { nouns: 'successor', inverse: 'be replaced by' }),
  // Stance
  row('announce', 'announce, reveal, declare, disclose, 宣布, 公布', ACTOR, ANY),
  row(
    'support',
    'support, back, endorse, favour, favor, welcome, defend, champion, praise, 支持, 欢迎',
    [...MAKER, 'concept'],
    ANY,
    { nouns: 'supporter, advocate' },
  ),
  row(
    'oppose',
    'oppose, resist, object to, protest, protest against, fight, reject, vote against, campaign against, block, 反对, 拒绝',
    ACTOR,
    ANY,
    { nouns: 'opponent' },
  ),
  row(
    'criticise',
    'criticise, criticize, attack, condemn, blame, accuse, denounce, slam, question, 批评, 指责, 谴责',
    ACTOR,
    ANY,
    {
      nouns: 'critic',
    },
  ),
  row('deny', 'deny, dispute, refute, call false, 否认', ACTOR, ANY),
  row('propose', 'propose, suggest, recommend, call for, demand, urge, 提议, 建议, 要求', ACTOR, ANY),
  row('approve', '批准, 通过, approve, pass, adopt, ratify, vote for, accept, agree to', ACTOR, ANY),
  row('ban', 'ban, prohibit, outlaw, forbid, 禁止', ACTOR, ANY),
  row('regulate', 'regulate, oversee, supervise, govern, fine, investigate, 监管, 调查', BODY, ANY),
  row('report on', 'report on, cover, broadcast', ['media', 'person'], ANY),
  row('publish', 'publish, 出版, 发表', MAKER, ANY, { nouns: 'publisher' }),
  row('win', 'win, 赢得, 获得', ACTOR, ANY, { nouns: 'winner' }),
  // Things
  row('integrate with', 'integrate with, connect to, connect with, plug into, work with', [...THING], ANY),
  row('use', 'use, adopt, deploy, rely on, depend on, run on, build on, leverage, employ, 使用, 采用', ANY, ANY, {
    nouns: 'user',
  }),
  row('provide', 'provide, offer, 提供, deliver, supply, include, come with, feature, expose, bring', ANY, ANY),
  row('enable', 'enable, allow, let', ANY, ANY),
  row('manage', 'manage, handle, control, orchestrate, coordinate, centralize, centralise', ANY, ANY),
  row('reduce', 'reduce, cut, lower, decrease, 减少, 降低, 削减', ANY, ANY),
  row('increase', 'increase, raise, boost, improve, 增加, 提高', ANY, ANY),
  row('cause', 'cause, lead to, result in, trigger, drive, 导致, 造成, 引发', ANY, ANY),
  row('prevent', 'prevent, stop, avoid, block, 阻止, 防止', ANY, ANY),
  row('require', 'require, need, mandate, 需要', ANY, ANY),
  row('extend', 'extend, expand, build upon', ANY, ANY),
];

function indexBy(keysOf: (entry: RelationType) => readonly string[]): ReadonlyMap<string, readonly RelationType[]> {
  const index = new Map<string, RelationType[]>();
  for (const entry of TABLE) for (const key of keysOf(entry)) addTo(index, key, entry);
  return index;
}

const BY_VERB = indexBy(({ verbs }) => verbs);
const BY_NOUN = indexBy(({ nouns }) => nouns);
const BY_NAME = indexBy(({ predicate }) => [predicate]);

export interface Reading {
  readonly predicate: string;
  readonly typed: boolean;
}

const fits = ({ from, to }: RelationType, subject: EntityType, object: EntityType | undefined): boolean =>
  from.includes(subject) && (object === undefined || to.includes(object));

/** How a verb phrase between two types reads: the typed predicate whose signature fits, else the phrase itself. */
export function readPredicate(phrase: string, from: EntityType, to: EntityType | undefined): Reading {
  const fit = BY_VERB.get(phrase)?.find((entry) => fits(entry, from, to));
  return fit === undefined ? { predicate: phrase, typed: false } : { predicate: fit.predicate, typed: true };
}

/** The relation that a noun with "of" says between two types: "capital" → `capital of`. */
export const readNoun = (noun: string, from: EntityType, to: EntityType): string | undefined =>
  BY_NOUN.get(noun)?.find((entry) => fits(entry, from, to))?.predicate;

export const isRelationalNoun = (noun: string): boolean => BY_NOUN.has(noun);

/** The typed relation of a name; undefined for an open one. */
export const relationType = (predicate: string): RelationType | undefined => BY_NAME.get(predicate)?.[0];

/** Verbs whose object is worth keeping as words when it is no entity. */
export const isTypedVerb = (phrase: string): boolean => BY_VERB.has(phrase);
