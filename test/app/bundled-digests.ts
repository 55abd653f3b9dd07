// Lives each bundled scenario once and gives its digest. As a program (`npm run digests`) it writes them beside the
// scenarios: do so only after a change that is meant to change worlds, and say so in the change log.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listScenarios, loadScenario, withOverrides } from '#scenarios';
import { homeAt } from '../../app/home.ts';
import { openSystem } from '../../app/system.ts';
import { temporaryHome } from './helpers.ts';

export const bundledNames = async (): Promise<string[]> => (await listScenarios()).map((scenario) => scenario.name);

/** The digest of the scenario's main run; members with other seeds do not enter it and are left out. */
export async function liveDigest(name: string): Promise<string> {
  const home = temporaryHome();
  const system = openSystem(homeAt(home.folder, {}), {});
  try {
    const { id } = system.runs.create(withOverrides(await loadScenario(name), { ensemble: 1 }));
    const view = await system.runs.go(id, { threads: 2 });
    return view.digest ?? '';
  } finally {
    await system.close();
    home.remove();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of await bundledNames()) {
    const digest = await liveDigest(name);
    writeFileSync(fileURLToPath(new URL(`../../scenarios/${name}/expected-digest`, import.meta.url)), `${digest}\n`);
    process.stdout.write(`${digest}  ${name}\n`);
  }
}
