// Everything in the documents that could be an answer to "which …": named things of the graph, and the short items
// of the documents' own lists. Each candidate knows how often and in what company it appears.
import type { EntityType, KnowledgeGraph } from '#knowledge-graph/contract';
import { capitalised } from './clause.ts';
import type { Tagger, Token } from './tagger.ts';

export interface Candidate {
  /** As a legend writes it: "Audit logging". */
  readonly label: string;
  /** As it stands inside a sentence: "audit logging". */
  readonly inSentence: string;
  readonly lemmas: readonly string[];
  readonly aliases: readonly string[];
  readonly type: EntityType | 'list-item';
  readonly subtype: string | undefined;
  readonly salience: number;
  /** A name that the documents never write in lower case: "Model Context Protocol". */
  readonly proper: boolean;
}

export function candidates(graph: KnowledgeGraph, tag: Tagger): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const candidate of [...fromEntities(graph, tag), ...fromLists(graph, tag)]) {
    const key = candidate.lemmas.join(' ');
    const known = found.get(key);
    if (known === undefined) found.set(key, candidate);
    else if (candidate.type === 'list-item') found.set(key, { ...known, salience: Math.min(1, known.salience + 0.1) });
  }
  return [...found.values()];
}

function fromEntities(graph: KnowledgeGraph, tag: Tagger): readonly Candidate[] {
  return graph.entities.map((entity) => {
    const tokens = tag(entity.name);
    return {
      label: capitalised(entity.name),
      inSentence: ['concept', 'unknown'].includes(entity.type) ? commonForm(tokens) : entity.name,
      lemmas: tokens.map((token) => token.lemma),
      aliases: entity.aliases,
      type: entity.type,
      subtype: entity.subtype,
      salience: entity.salience,
      proper: isProper(graph, entity.name),
    };
  });
}

function isProper(graph: KnowledgeGraph, name: string): boolean {
  const capitals = name.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word)).length;
  const lower = name.toLowerCase();
  return capitals >= 2 && !graph.snapshot.documents.some((document) => document.text.includes(lower));
}

/** Lower case for common words, capitals kept for acronyms. */
const commonForm = (tokens: readonly Token[]): string =>
  tokens.map((token, index) => (index === 0 ? '' : token.space) + decapitalised(token.text)).join('');

const decapitalised = (word: string): string => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word);

const MAX_ITEM_WORDS = 4;

function fromLists(graph: KnowledgeGraph, tag: Tagger): readonly Candidate[] {
  return graph.snapshot.documents.flatMap((document) =>
    document.blocks
      .filter((block) => block.kind === 'list-item')
      .flatMap((block) => itemParts(document.text.slice(block.start, block.end)))
      .flatMap((part) => {
        const tokens = tag(part);
        if (!namesSomething(tokens)) return [];
        const inSentence = commonForm(tokens);
        return [
          {
            label: capitalised(inSentence),
            inSentence,
            lemmas: tokens.map((token) => token.lemma),
            aliases: [],
            type: 'list-item' as const,
            subtype: undefined,
            salience: 0.1,
            proper: false,
          },
        ];
      }),
  );
}

/** "Authentication and access control: who may call" → two names; sentences give none. */
function itemParts(text: string): readonly string[] {
  const head = (text.split(/:|\s[–—-]\s/)[0] ?? '').replace(/^[\s•*\-\d.)]+/, '').replace(/[\s.;,]+$/, '');
  return head
    .split(/\s*,\s*|\s+(?:and|&)\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.split(/\s+/).length <= MAX_ITEM_WORDS);
}

/** A noun phrase: ends in a noun (or a gerund: "rate limiting"), has no verb at its head. */
function namesSomething(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last === undefined || tokens.length > MAX_ITEM_WORDS || !/\p{L}{3}/u.test(last.text)) return false;
  const nominal =
    last.pos === 'NOUN' ||
    (last.lower.endsWith('ing') && tokens.length > 1) ||
    /(?:tion|ility|ment|ity|ance|ence)s?$/.test(last.lower);
  return (
    nominal &&
    tokens.every((token) => ['NOUN', 'ADJ', 'PROPN', 'VERB', 'PUNCT', 'NUM'].includes(token.pos) && token.lower !== 'is')
  );
}
