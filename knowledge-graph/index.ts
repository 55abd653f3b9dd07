// Documents → knowledge graph. What other rooms may call; types and schemas stand in contract.ts.
export { buildGraph } from './build.ts';
export { DEFAULT_LIMITS, readDocuments } from './documents/index.ts';
export { evaluate } from './evaluation/evaluate.ts';
export { knowledgeGraphSkills } from './extraction/skills.ts';
export { openGraphLibrary } from './library/graph-library.ts';
export type { GraphLibrary, StoredGraph } from './library/graph-library.ts';
export { openGraph } from './open-graph.ts';
