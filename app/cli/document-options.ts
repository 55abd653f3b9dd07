// What commands that take documents say of them.
import type { Command } from 'commander';

export const DOCUMENT_KINDS =
  'Documents are PDF, DOCX, PPTX, XLSX, EPUB, HTML, Markdown, text, feeds, XML, CSV, JSON, JSONL and ZIP of these;\n' +
  'an http or https address counts as one with --allow-url.';

export const allowUrl = (it: Command): Command =>
  it.option('--allow-url', 'fetch documents that are named by an address of the web (public hosts only)');
