// Method: who decided, who wrote, what it cost, how it was checked. The box of seeds and digests stands beside it.
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { interactionEffects } from '../forecast/interaction.ts';
import { inText } from './lead.ts';
import { finding, sentence, type Finding, type SectionPlan } from './finding.ts';

export function methodSection(source: Source, fallbackReason: string | undefined): SectionPlan {
  const stages = [...new Set(source.costs.filter((cost) => cost.costNanoUsd > 0).map((cost) => cost.stage))];
  return {
    id: 'method',
    title: 'Method',
    findings: [
      finding('method', 'method-decisions', { model: source.record.manifest.model, writer: source.writer }),
      finding('method', 'method-cost', { calls: computed(source, 'calls', 'total'), cost: computed(source, 'cost', 'total') }),
      ...stages.map((stage) =>
        finding('method', 'method-stage', {
          calls: computed(source, 'calls', stage),
          cost: computed(source, 'cost', stage),
          stage,
        }),
      ),
      ...controlled(source),
      finding('method', 'method-check', {}),
      finding('method', 'method-rounds', {}),
      ...(fallbackReason === undefined ? [] : [finding('method', 'method-fallback', { reason: sentence(fallbackReason) })]),
    ],
    figures: [],
  };
}

/** What contact did, beside the control without it. */
function controlled(source: Source): readonly Finding[] {
  const { framing } = source.record;
  const told = interactionEffects(framing, source.members, source.control).filter(({ ratio }) => ratio !== undefined);
  return told.map(({ issue }, place) =>
    finding('method', place === 0 ? 'method-control' : 'method-control-more', {
      issue: inText(source, framing.issues[issue] as (typeof framing.issues)[number]),
      together: computed(source, 'interaction', issue, 'together'),
      alone: computed(source, 'interaction', issue, 'alone'),
      ratio: computed(source, 'interaction', issue, 'ratio'),
    }),
  );
}
