// Looking back at a past round: what an agent had before it is what it acted on.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOOKS, type LookBack } from '../../engine/contract.ts';
import { openRecord } from '../../engine/record/record.ts';
import { lookBack } from '../../engine/rounds/look-back.ts';
import { recordedRun, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 14, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.5 }];
const spec = syntheticSpec({ size: 200, rounds: 30, issues: 2, scenario: { interventions } });

/** The feed of an agent that had one. */
function feedOf(look: LookBack, agent: number): Extract<ReturnType<LookBack>, { readonly kind: 'feed' }> {
  const past = look(agent);
  if (past.kind !== 'feed') throw new Error(`Agent ${agent}: ${past.kind}.`);
  return past;
}

describe('a past round', () => {
  it.each([0, 13, 14, 29])('%i: whoever acted on a post had it before it, and was active', async (round) => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const bytes = readFileSync(path);
    const look = lookBack(path, round);
    const record = openRecord(path);
    // Who has looked at another feed in the same session acts on that one as well.
    const looked = new Set<number | undefined>();
    const acts = record.events({ round }).filter(({ kind, agent }) => {
      if (LOOKS.some((look) => look === kind)) looked.add(agent);
      return !looked.has(agent) && ['like', 'dislike', 'reply', 'quote', 'repost'].includes(kind);
    });
    expect(acts.length).toBeGreaterThan(round === 0 ? -1 : 3);
    for (const { agent = -1, target, platform } of acts) {
      const session = feedOf(look, agent);
      expect(session.active).toBe(true);
      expect(record.scenario.platforms[session.platform]?.kind).toBe(platform);
      // A repost is seen as its entry and reacted to as the post that it shares.
      const seen = session.posts.map(({ seq }) => seq);
      const origins = seen.map((seq) => (record.post(seq)?.kind === 'repost' ? record.event(seq)?.target : seq));
      expect([...seen, ...origins.map((seq) => seq ?? -1)], `agent ${agent}`).toContain(target);
    }
    const active = Array.from({ length: 200 }, (_, agent) => feedOf(look, agent).active).filter(Boolean).length;
    expect(active).toBe(record.summaries()[round]?.active);
    const shown = Array.from({ length: 200 }, (_, agent) => feedOf(look, agent).posts).flat();
    expect(shown.every(({ seq, source }) => (record.event(seq)?.round ?? 99) < round || source === 'news')).toBe(true);
    expect(shown.some(({ source }) => source === 'news')).toBe(round === 14);
    record.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('has no feeds where everyone lived by a named dynamics', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, syntheticSpec({ size: 20, rounds: 3, scenario: { dynamics: { name: 'degroot' } } }));
    const look = lookBack(path, 1);
    expect(look(3)).toEqual({ kind: 'no-feeds', dynamics: 'degroot' });
    expect(look(20)).toEqual({ kind: 'not-there' });
  });
});
