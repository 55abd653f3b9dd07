// config.yaml under SHOAL_HOME: who may come in, where documents may come from, providers, prices, timeouts. Absent means all defaults. A bad file is
// refused with the place of each fault, never half-used.
import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { ShoalError } from '#foundation';
import { GatewayConfigSchema } from '#gateway';

const AccessSchema = z.strictObject({
  /** Every request needs a key, on loopback too. */
  requireKeys: z.boolean().default(false),
  /** Names by which this server is reached, beside the address that it is bound to. */
  allowedHosts: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'a host name in lower case, without port')).default([]),
  /** How long a sign-in at the page lasts. */
  sessionHours: z.number().min(0.1).max(720).default(12),
});
const DocumentsSchema = z.strictObject({
  /** Documents may be named by their address on the web; the server fetches them, from public hosts only. */
  allowUrls: z.boolean().default(false),
});
export const ConfigSchema = z.strictObject({
  access: AccessSchema.prefault({}),
  documents: DocumentsSchema.prefault({}),
  gateway: GatewayConfigSchema.prefault({}),
});

export type AccessSettings = z.output<typeof AccessSchema>;
export type DocumentSettings = z.output<typeof DocumentsSchema>;
export type Settings = z.output<typeof ConfigSchema>;

/** The file's text; a file that is not there is an empty one. */
export function readConfigText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Throws `invalid_config` naming file, line and key. */
export function readConfig(path: string): Settings {
  return parseConfig(readConfigText(path), path);
}

export function parseConfig(text: string, path: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) throw invalid(path, [`line ${lines.linePos(fault.pos[0]).line}: ${fault.message.split('\n')[0]}`]);
  const parsed = ConfigSchema.safeParse(valuesOf(document, path) ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(
    path,
    parsed.error.issues.map((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const node: unknown = document.getIn([...issue.path, ...unknown], true);
      const offset = (node as { range?: [number] } | undefined)?.range?.[0];
      const line = offset === undefined ? '' : `line ${lines.linePos(offset).line}: `;
      return `${line}${issue.path.join('.') || 'top level'}: ${issue.message}`;
    }),
  );
}

/** Aliases are resolved only now: one that leads nowhere, or a million of them, throws here. */
function valuesOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(path, [error instanceof Error ? error.message : String(error)]);
  }
}

const invalid = (path: string, problems: readonly string[]): ShoalError =>
  new ShoalError('invalid_config', `${path} is not valid: ${problems.join('; ')}.`, {
    hint: 'Mend it, or move it away to use the defaults.',
    details: { problems },
  });
