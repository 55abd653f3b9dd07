// Documents → knowledge graph. What other rooms may call; types and schemas stand in contract.ts.
export { buildGraph } from './build.ts';
export type { BuildOptions } from './build.ts';
export { DEFAULT_LIMITS, fetchDocument, isUrl, readDocuments } from './documents/index.ts';
export { evaluate } from './evaluation/evaluate.ts';
export { exportGraph } from './exports/export-graph.ts';
export { snapshotText } from './exports/snapshot-text.ts';
export { knowledgeGraphSkills } from './extraction/skills.ts';
export { buildIntoLibrary } from './library/build-into-library.ts';
export { openGraphLibrary } from './library/graph-library.ts';
export type { GraphLibrary, StoredGraph } from './library/graph-library.ts';
export { withDocuments } from './library/grow.ts';
export { openGraph } from './open-graph.ts';
export { readSnapshot } from './read-snapshot.ts';
export { checkEdit } from './resolution/check-edit.ts';
export { embedPassages, passageVectors } from './vectors/embed-passages.ts';
