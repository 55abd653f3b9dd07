// The documents room: files of any supported kind, or documents of the web, become plain text with stable offsets.
export { DEFAULT_LIMITS } from './limits.ts';
export { readDocuments } from './read-documents.ts';
export { isUrl } from './web/document-url.ts';
export { fetchDocument } from './web/fetch-document.ts';
