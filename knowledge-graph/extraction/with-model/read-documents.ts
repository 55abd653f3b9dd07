// Documents read by a provider's model, passage by passage. A passage whose answer stays unusable, or that the budget
// does not reach, keeps what the rules found in it; one that left out what rules found is read once more.
import type { ReportProgress } from '#foundation';
import type { Document, ProposedOntology } from '../../contract.ts';
import { cut } from '../../chunking/chunks.ts';
import type { Finding } from '../../resolution/merged.ts';
import type { Passage } from '../passage.ts';
import type { Extraction } from '../schema.ts';
import { extractByRules } from '../skills.ts';
import { withAllAuthors } from '../authors.ts';
import type { ExtractedCorpus } from '../extract.ts';
import { PassageAnswer } from './answer.ts';
import type { Asker } from './asker.ts';
import { joined, missedNames } from './coverage.ts';
import { readAgainPrompt, readPrompt } from './prompts.ts';
import { proposeOntology } from './propose-ontology.ts';
import { verify } from './verify.ts';

/** About 900 tokens of English. */
const PASSAGE_CHARACTERS = 3600;
/** Model calls under way at once. */
const LANES = 4;
const MOST_NAMES = 40;

export interface ReadOptions {
  readonly asker: Asker;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReportProgress | undefined;
}

interface Job {
  readonly document: Document;
  readonly passage: Passage;
}

export async function extractWithModel(documents: readonly Document[], options: ReadOptions): Promise<ExtractedCorpus> {
  const proposal = await proposeOntology(options.asker, documents);
  const findings = await readPassages(documents, proposal, options);
  return {
    findings: withAllAuthors(findings),
    chunks: findings.length,
    fallbacks: findings.filter(({ fallback }) => fallback === true).length,
    proposal,
  };
}

/** One finding for each passage, in reading order. */
async function readPassages(
  documents: readonly Document[],
  vocabulary: ProposedOntology,
  options: ReadOptions,
): Promise<readonly Finding[]> {
  const { signal, onProgress } = options;
  const jobs = documents.flatMap((document) => cut(document, PASSAGE_CHARACTERS).map((passage) => ({ document, passage })));
  const rulesFor = rememberedRules();
  const findings: Finding[] = [];
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      signal?.throwIfAborted();
      const job = jobs[at] as Job;
      findings[at] = await readPassage(job, within(rulesFor(job.document), job.passage), vocabulary, options.asker);
      onProgress?.({ done: ++done, total: jobs.length, message: `Read a passage of ${job.document.name}` });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return findings;
}

async function readPassage(
  { document, passage }: Job,
  rules: Extraction,
  vocabulary: ProposedOntology,
  asker: Asker,
): Promise<Finding> {
  const body = document.text.slice(passage.start, passage.end);
  const names = rules.entities.filter(({ kind, mentions }) => kind === 'name' && mentions.length > 0).map(({ name }) => name);
  const answer = await asker.ask({
    stage: 'reading',
    messages: readPrompt(document, body, vocabulary, names.slice(0, MOST_NAMES)),
    name: 'knowledge_graph',
    type: PassageAnswer,
  });
  if (answer === undefined) return { document, extraction: rules, fallback: true };
  const first = verify(answer, document, passage);
  const missed = missedNames(rules, first, passage);
  if (missed.length === 0) return { document, extraction: first };
  const more = await asker.ask({
    stage: 'second-reading',
    messages: readAgainPrompt(document, body, vocabulary, missed.slice(0, MOST_NAMES)),
    name: 'knowledge_graph',
    type: PassageAnswer,
  });
  return { document, extraction: more === undefined ? first : joined(first, verify(more, document, passage)) };
}

/** Rules read a whole document; its passages share the reading. */
function rememberedRules(): (document: Document) => Extraction {
  const known = new Map<Document, Extraction>();
  return (document) => {
    const extraction = known.get(document) ?? extractByRules(document);
    known.set(document, extraction);
    return extraction;
  };
}

/** The part of a document's extraction that stands inside one passage. */
function within(extraction: Extraction, { start, end }: Passage): Extraction {
  const inside = (span: Passage): boolean => span.start >= start && span.end <= end;
  return {
    entities: extraction.entities.map((entity) => ({ ...entity, mentions: entity.mentions.filter(inside) })),
    relations: extraction.relations.filter(inside),
    claims: extraction.claims.filter(inside),
  };
}
