// config.yaml under SHOAL_HOME: providers, prices, timeouts. Absent means all defaults. A bad file is refused with
// the place of each fault, never half-used.
import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ShoalError } from '#foundation';
import { GatewayConfigSchema, type GatewayConfig } from '#gateway';

const ConfigSchema = z.strictObject({ gateway: GatewayConfigSchema.prefault({}) });

/** Throws `invalid_config` naming file, line and key. */
export function readConfig(path: string): GatewayConfig {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) throw invalid(path, [`line ${lines.linePos(fault.pos[0]).line}: ${fault.message.split('\n')[0]}`]);
  const parsed = ConfigSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data.gateway;
  throw invalid(
    path,
    parsed.error.issues.map((issue) => {
      const node: unknown = document.getIn(issue.path, true);
      const offset = (node as { range?: [number] } | undefined)?.range?.[0];
      const line = offset === undefined ? '' : `line ${lines.linePos(offset).line}: `;
      return `${line}${issue.path.join('.') || 'top level'}: ${issue.message}`;
    }),
  );
}

const invalid = (path: string, problems: readonly string[]): ShoalError =>
  new ShoalError('invalid_config', `${path} is not valid: ${problems.join('; ')}.`, {
    hint: 'Mend it, or move it away to use the defaults.',
    details: { problems },
  });
