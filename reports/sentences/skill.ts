// The embedded skill `report`: reads findings, writes one sentence for each by grammar.
import { z } from 'zod';
import type { EmbeddedSkills } from '#foundation';
import { composeAll, type Said } from './compose.ts';
import { FORMS, type FormName } from './forms.ts';

const FORM_NAMES = Object.keys(FORMS) as [FormName, ...FormName[]];

const SectionInputSchema = z.object({
  findings: z.array(z.object({ form: z.enum(FORM_NAMES), slots: z.record(z.string(), z.string()) })),
});

/** What either model answers with: one text per finding, by its number in the list. */
export const SectionProseSchema = z.object({
  sentences: z.array(z.object({ finding: z.number().int().min(0), text: z.string() })),
});
export type SectionProse = z.infer<typeof SectionProseSchema>;

export const reportSkills: EmbeddedSkills = {
  report: (request) => {
    const { findings } = SectionInputSchema.parse(request.input);
    const prose: SectionProse = {
      sentences: composeAll(findings as readonly Said[]).map((text, finding) => ({ finding, text })),
    };
    return JSON.stringify(prose);
  },
};
