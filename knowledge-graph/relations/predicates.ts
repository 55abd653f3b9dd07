// The typed relations: which verbs (by lemma, with their preposition) say them, and between which types. A verb that
// is not here gives an open relation under its own name.
import type { EntityType } from '../contract.ts';
import { addTo } from '../group.ts';

interface PredicateRow {
  readonly predicate: string;
  readonly verbs: readonly string[];
  readonly from: readonly EntityType[];
  readonly to: readonly EntityType[];
}

const PERSON: readonly EntityType[] = ['person'];
const BODY: readonly EntityType[] = ['organisation', 'institution', 'media'];
const ACTOR: readonly EntityType[] = ['person', 'organisation', 'institution', 'media'];
const ANY: readonly EntityType[] = [
  'person',
  'organisation',
  'institution',
  'media',
  'place',
  'product',
  'event',
  'law',
  'concept',
  'unknown',
];
const THING: readonly EntityType[] = ['organisation', 'product', 'concept', 'unknown', 'institution', 'media'];
const row = (predicate: string, verbs: string, from: readonly EntityType[], to: readonly EntityType[]): PredicateRow => ({
  predicate,
  verbs: verbs.split(', '),
  from,
  to,
});

const TABLE: readonly PredicateRow[] = [
  row('lead', 'lead, head, chair, run, govern, direct, manage, preside over', PERSON, [...BODY, 'place', 'event']),
  row('work for', 'work for, work at, serve, serve on, join, be employed by', PERSON, BODY),
  row('employ', 'employ, hire, recruit, appoint', BODY, PERSON),
  row('dismiss', 'fire, dismiss, sack, lay off, remove', ACTOR, PERSON),
  row('leave', 'leave, quit, resign from, step down from', PERSON, BODY),
  row('member of', 'belong to, sit on, be member of', ACTOR, BODY),
  row(
    'locate in',
    'be based in, base in, locate in, lie in, sit in, operate in, headquarter in',
    [...BODY, 'place', 'event', 'product'],
    ['place'],
  ),
  row('live in', 'live in, move to, settle in, grow up in, reside in', PERSON, ['place']),
  row('born in', 'bear in', PERSON, ['place']),
  row('study at', 'study at, graduate from, attend', PERSON, ['institution', 'organisation']),
  row('own', 'own, control, possess', ACTOR, ANY),
  row('acquire', 'acquire, buy, purchase, take over, 收购', ACTOR, ANY),
  row('sell', 'sell', ACTOR, ANY),
  row('invest in', 'invest in, fund, finance, sponsor', ACTOR, ANY),
  row('found', 'found, co-found, establish, set up, start', ACTOR, BODY),
  row('create', 'create, build, develop, design, invent, write, produce, make', [...ACTOR, 'product', 'unknown'], ANY),
  row('launch', 'launch, release, unveil, ship, roll out, open', [...ACTOR, 'product', 'unknown'], ANY),
  row('announce', 'announce, reveal, declare, disclose', ACTOR, ANY),
  row(
    'support',
    'support, back, endorse, favour, favor, welcome, defend, champion, praise, 支持, 欢迎',
    [...ACTOR, 'product', 'concept', 'unknown'],
    ANY,
  ),
  row(
    'oppose',
    'oppose, resist, object to, protest, protest against, fight, reject, vote against, campaign against, block, 反对, 拒绝',
    ACTOR,
    ANY,
  ),
  row('criticise', 'criticise, criticize, attack, condemn, blame, accuse, denounce, slam, question, 批评, 指责', ACTOR, ANY),
  row('deny', 'deny, dispute, refute, call false', ACTOR, ANY),
  row('propose', 'propose, suggest, recommend, call for, demand, urge, 提议, 建议, 要求', ACTOR, ANY),
  row('approve', '批准, 通过, approve, pass, adopt, ratify, vote for, accept, agree to', ACTOR, ANY),
  row('ban', 'ban, prohibit, outlaw, forbid', ACTOR, ANY),
  row('regulate', 'regulate, oversee, supervise, govern, fine, investigate', BODY, ANY),
  row('sue', 'sue, take to court', ACTOR, ACTOR),
  row('meet', 'meet, meet with, talk to, speak to, negotiate with', ACTOR, ACTOR),
  row('marry', 'marry', PERSON, PERSON),
  row('know', 'know, love, trust, befriend, hate', PERSON, PERSON),
  row('ally with', 'ally with, partner with, team up with, cooperate with, collaborate with', ACTOR, ACTOR),
  row('compete with', 'compete with, rival', [...ACTOR, 'product'], [...ACTOR, 'product']),
  row('replace', 'replace, succeed, supersede', ANY, ANY),
  row('integrate with', 'integrate with, connect to, connect with, plug into, work with', [...THING], ANY),
  row('use', 'use, adopt, deploy, rely on, depend on, run on, build on, leverage, employ', ANY, ANY),
  row('provide', 'provide, offer, 提供, deliver, supply, include, come with, feature, expose, bring', ANY, ANY),
  row('enable', 'enable, allow, let', ANY, ANY),
  row('manage', 'manage, handle, control, orchestrate, coordinate, centralize, centralise', ANY, ANY),
  row('reduce', 'reduce, cut, lower, decrease', ANY, ANY),
  row('increase', 'increase, raise, boost, improve', ANY, ANY),
  row('cause', 'cause, lead to, result in, trigger, drive', ANY, ANY),
  row('prevent', 'prevent, stop, avoid, block', ANY, ANY),
  row('require', 'require, need, mandate', ANY, ANY),
  row('extend', 'extend, expand, build upon', ANY, ANY),
  row('report on', 'report on, cover, publish, broadcast', ['media', 'person'], ANY),
];

const BY_VERB: ReadonlyMap<string, readonly PredicateRow[]> = (() => {
  const index = new Map<string, PredicateRow[]>();
  for (const entry of TABLE) for (const verb of entry.verbs) addTo(index, verb, entry);
  return index;
})();

export interface Reading {
  readonly predicate: string;
  readonly typed: boolean;
}

/** How a verb phrase between two types reads: the typed predicate whose signature fits, else the phrase itself. */
export function readPredicate(phrase: string, from: EntityType, to: EntityType | undefined): Reading {
  const rows = BY_VERB.get(phrase) ?? [];
  const fit = rows.find((entry) => entry.from.includes(from) && (to === undefined || entry.to.includes(to)));
  return fit === undefined ? { predicate: phrase, typed: false } : { predicate: fit.predicate, typed: true };
}

/** Verbs whose object is worth keeping as words when it is no entity. */
export const isTypedVerb = (phrase: string): boolean => BY_VERB.has(phrase);
