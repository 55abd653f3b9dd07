// Groq, on demand.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

const CONTEXT = 131_072;

export const GROQ_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'console.groq.com/docs/models', date: '2026-05-19' }, [
    { names: ['llama-3.1-8b-instant'], context: CONTEXT, maxOutput: 131_072, input: 0.05, output: 0.08 },
    { names: ['llama-3.3-70b-versatile'], context: CONTEXT, maxOutput: 32_768, input: 0.59, output: 0.79 },
    { names: ['openai/gpt-oss-120b'], context: CONTEXT, maxOutput: 65_536, thinks: true, input: 0.15, output: 0.6 },
    { names: ['openai/gpt-oss-20b'], context: CONTEXT, maxOutput: 65_536, thinks: true, input: 0.075, output: 0.3 },
  ]),
];
