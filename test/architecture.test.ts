// The import table of the house. A room may import its own files and, from outside, only what stands here.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOMS: Readonly<Record<string, readonly string[]>> = {
  foundation: [],
  store: ['#foundation'],
  scenarios: ['#foundation'],
  'knowledge-graph': ['#foundation', '#foundation/english', '#store', '#scenarios/contract'],
  engine: ['#foundation', '#store', '#scenarios/contract', '#knowledge-graph/contract'],
  gateway: ['#foundation', '#store'],
  reports: ['#foundation', '#foundation/english', '#scenarios/contract', '#knowledge-graph/contract', '#engine/contract'],
  api: ['#gateway/contract'],
  frontend: ['#api/contract'],
  app: [
    '#foundation',
    '#store',
    '#scenarios',
    '#scenarios/contract',
    '#knowledge-graph',
    '#knowledge-graph/contract',
    '#engine',
    '#engine/contract',
    '#gateway',
    '#gateway/contract',
    '#reports',
    '#reports/contract',
    '#api/contract',
  ],
};
/** Contracts see only other contracts and the foundation. A long one is a folder of sections behind its one entry. */
const CONTRACT_IMPORTS = /^(zod|#foundation|#[a-z-]+\/contract)$/;
const contractFiles = (): readonly string[] => globSync(['*/contract.ts', '*/contract/*.ts']);
const isOfContract = (file: string, target: string): boolean =>
  target.startsWith('.') && /^\/[a-z-]+\/contract\/[a-z-]+\.ts$/.test(new URL(target, `file:///${file}`).pathname);

/** A file without its comments. */
const codeOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');

const importsOf = (file: string): readonly string[] => {
  const source = codeOf(file);
  return [
    ...source.matchAll(
      /(?:^|\s)(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\s)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
};
const filesOf = (room: string): readonly string[] => globSync(`${room}/**/*.{ts,tsx}`);

describe('the import table', () => {
  it.each(Object.keys(ROOMS))('%s imports only what stands below it', (room) => {
    const allowed = ROOMS[room] ?? [];
    const files = filesOf(room);
    expect(files.length, `${room} has no files: the check would prove nothing`).toBeGreaterThan(0);
    const offences = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('#') && !allowed.includes(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it('no relative import leaves its room', () => {
    const offences = Object.keys(ROOMS).flatMap((room) =>
      filesOf(room).flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith('.'))
          .filter((target) => !new URL(target, `file:///${file}`).pathname.startsWith(`/${room}/`))
          .map((target) => `${file} imports ${target}`),
      ),
    );
    expect(offences).toEqual([]);
  });

  it('contracts import only contracts', () => {
    const offences = contractFiles().flatMap((file) =>
      importsOf(file)
        .filter((target) => !CONTRACT_IMPORTS.test(target) && !isOfContract(file, target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it('sections of a contract are known to their entry and to each other only', () => {
    const offences = Object.keys(ROOMS).flatMap((room) =>
      filesOf(room)
        .filter((file) => !contractFiles().includes(file))
        .flatMap((file) =>
          importsOf(file)
            .filter((target) => isOfContract(file, target))
            .map((target) => `${file} imports ${target}`),
        ),
    );
    expect(offences).toEqual([]);
  });

  it('no index re-exports everything', () => {
    const offences = globSync('*/index.ts').filter((file) => /export \* from/.test(readFileSync(file, 'utf8')));
    expect(offences).toEqual([]);
  });

  it('nothing that a world comes from uses functions whose last bit differs between versions and machines', () => {
    // + − × ÷ and square roots are exact by IEEE 754; exponentials, logarithms and the like are each engine's own.
    const own = /\bMath\.(a?(sin|cos|tan)h?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|log2|pow|random)\b/;
    const files = [...filesOf('engine'), ...filesOf('foundation')];
    expect(own.test('Math.exp(1)')).toBe(true);
    expect(files.filter((file) => own.test(codeOf(file)))).toEqual([]);
  });

  it('the engine knows neither wall clock nor shared random numbers', () => {
    const offences = filesOf('engine').filter((file) =>
      /\b(Date\.now|Math\.random|new Date\(\))/.test(readFileSync(file, 'utf8')),
    );
    expect(offences).toEqual([]);
  });
});
