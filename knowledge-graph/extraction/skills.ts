// The embedded (rule-based) answer to the task `extract`: reads one document from the request's input.
import type { EmbeddedSkills } from '#foundation';
import type { Document } from '../contract.ts';
import { createTaggers } from '../language/taggers.ts';
import type { Taggers } from '../language/taggers.ts';
import type { DeclaredRelation } from '../relations/declared.ts';
import { extractDocument } from './embedded.ts';
import type { Extraction } from './schema.ts';

/** What the task `extract` is asked with: a document, and for which stretch of it. */
export interface ExtractInput {
  readonly document: Document;
  readonly declared?: readonly DeclaredRelation[];
}

let taggers: Taggers | undefined;

/** Rules for one document; the language models they need are loaded once, at the first call. */
export function extractByRules(document: Document, declared?: readonly DeclaredRelation[]): Extraction {
  taggers ??= createTaggers();
  return extractDocument(document, taggers, declared);
}

export const knowledgeGraphSkills: EmbeddedSkills = {
  extract: (request) => {
    const { document, declared } = request.input as ExtractInput;
    return JSON.stringify(extractByRules(document, declared));
  },
};
