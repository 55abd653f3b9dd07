// Findings → sentences by grammar. Pure: the same findings give the same words; repeated forms take turns with
// their patterns, so that neighbouring sentences do not sound alike.
import { capitalised } from '../questions/clause.ts';
import { FORMS, type FormName } from './forms.ts';

export interface Said {
  readonly form: FormName;
  readonly slots: Readonly<Record<string, string>>;
}

export function composeAll(findings: readonly Said[]): readonly string[] {
  const uses = new Map<FormName, number>();
  return findings.map((finding) => {
    const use = uses.get(finding.form) ?? 0;
    uses.set(finding.form, use + 1);
    return compose(finding, use);
  });
}

function compose({ form, slots }: Said, use: number): string {
  const patterns = FORMS[form];
  const pattern = patterns[use % patterns.length] ?? '';
  const kept = pattern.replaceAll(/\[([^\]]*)\]/g, (_, part: string) =>
    slotsOf(part).every((name) => (slots[name] ?? '') !== '') ? part : '',
  );
  const filled = kept.replaceAll(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
  return capitalised(filled).trim();
}

const slotsOf = (pattern: string): readonly string[] => [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
