import { describe, expect, it } from 'vitest';
import { loadScenario } from '#scenarios';
import { bundledNames, liveDigest } from './bundled-digests.ts';

describe('bundled scenarios', async () => {
  it.each(await bundledNames())(
    '%s lives to the digest that its folder declares',
    async (name) => {
      const { expectedDigest } = await loadScenario(name);
      expect(expectedDigest, 'run `npm run digests`').toMatch(/^[0-9a-f]{64}$/);
      expect(await liveDigest(name)).toBe(expectedDigest);
    },
    60_000,
  );
});
