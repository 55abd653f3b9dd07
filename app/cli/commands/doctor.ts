// `shoal doctor`: what is installed, configured and reachable, and what to do about what is not.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BEHAVIOUR } from '#engine';
import { toShoalError } from '#foundation';
import type { Gateway } from '#gateway/contract';
import { readConfig } from '../../config.ts';
import { homeAt } from '../../home.ts';
import { openSystem } from '../../system.ts';
import { shoalVersion } from '../../version.ts';
import type { CommandContext } from '../command-context.ts';

interface Finding {
  readonly name: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly found: string;
  readonly advice?: string;
}

export async function doctor(context: CommandContext, options: { readonly behaviour?: boolean }): Promise<void> {
  if (options.behaviour === true) return printBehaviour(context);
  const home = homeAt(context.homeOption, process.env);
  const config = configFinding(home.config);
  const findings: Finding[] = [
    { name: 'shoal', state: 'good', found: shoalVersion() },
    { name: 'node', state: 'good', found: `${process.version} on ${process.platform}-${process.arch}` },
    {
      name: 'machine',
      state: 'good',
      found: `${availableParallelism()} cores, ${(freemem() / 2 ** 30).toFixed(1)} GiB of memory free`,
    },
    homeFinding(home.folder),
    existsSync(fileURLToPath(new URL('../../../dist/page/index.html', import.meta.url)))
      ? { name: 'page', state: 'good', found: 'built' }
      : { name: 'page', state: 'note', found: 'not built', advice: 'npm start builds it.' },
    config,
    ...(config.state === 'bad' ? [] : await systemFindings(context)),
  ];
  const marks = { good: '✓', note: '·', bad: '✗' } as const;
  const text = findings.map(
    (it) =>
      `${marks[it.state]} ${it.name.padEnd(10)} ${it.found}${it.advice === undefined ? '' : `\n             → ${it.advice}`}`,
  );
  context.output.result(findings, text.join('\n'));
  if (findings.some((finding) => finding.state === 'bad')) process.exitCode = 1;
}

function homeFinding(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { name: 'home', state: 'good', found: folder };
  } catch {
    return {
      name: 'home',
      state: 'bad',
      found: `${folder} cannot be written`,
      advice: 'Choose another folder with --home or SHOAL_HOME.',
    };
  }
}

function configFinding(path: string): Finding {
  if (!existsSync(path)) {
    return { name: 'config', state: 'note', found: 'none, so all defaults', advice: `Write ${path} to add providers or prices.` };
  }
  try {
    readConfig(path);
    return { name: 'config', state: 'good', found: path };
  } catch (thrown) {
    const { message, hint = '' } = toShoalError(thrown);
    const advice = `${hint} A server that runs goes on with the configuration of before.`.trim();
    return { name: 'config', state: 'bad', found: message, advice };
  }
}

function governanceFindings({ keys, audit }: Gateway): Finding[] {
  const all = keys.list();
  const verdict = audit.verify();
  return [
    {
      name: 'keys',
      state: 'good',
      found: `${all.length} keys, ${all.filter((key) => key.scopes.includes('admin')).length} of administrators`,
    },
    verdict.kind === 'whole'
      ? { name: 'audit', state: 'good', found: `${verdict.entries} entries, whole` }
      : {
          name: 'audit',
          state: 'bad',
          found: `broken: ${verdict.problem}`,
          advice: 'Keep a copy of SHOAL_HOME as it is and find out who changed it: npx shoal audit verify',
        },
  ];
}

async function systemFindings({ homeOption }: CommandContext): Promise<Finding[]> {
  try {
    const system = openSystem(homeAt(homeOption, process.env), process.env);
    try {
      const providers = system.gateway.models().filter((model) => model.kind === 'provider' && model.available);
      const runs = system.runs.list();
      return [
        {
          name: 'catalogue',
          state: 'good',
          found: `${runs.length} runs, ${runs.filter((run) => run.status === 'interrupted').length} interrupted`,
        },
        ...governanceFindings(system.gateway),
        { name: 'embedded', state: 'good', found: 'embedded (rule-based) is always there' },
        providers.length > 0
          ? {
              name: 'providers',
              state: 'good',
              found: `${providers.length} models of ${new Set(providers.map((model) => model.id.split('/')[0])).size} providers`,
            }
          : {
              name: 'providers',
              state: 'note',
              found: 'none configured',
              advice: 'Set OPENAI_API_KEY (and OPENAI_BASE_URL for a compatible server), then use --model openai/….',
            },
      ];
    } finally {
      await system.close();
    }
  } catch (thrown) {
    const error = toShoalError(thrown);
    return [{ name: 'system', state: 'bad', found: error.message, ...(error.hint === undefined ? {} : { advice: error.hint }) }];
  }
}

function printBehaviour({ output }: CommandContext): void {
  const lines = BEHAVIOUR.map(
    (row) =>
      `${row.name.padEnd(30)} ${String(row.value).padStart(8)}  [${row.min}, ${row.max}] ${row.unit}\n    ${row.meaning} Source: ${row.source}`,
  );
  output.result(BEHAVIOUR, lines.join('\n'));
}
