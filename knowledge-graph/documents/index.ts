// The documents room: files of any supported kind become plain text with stable offsets.
export { DEFAULT_LIMITS } from './limits.ts';
export { readDocuments } from './read-documents.ts';
