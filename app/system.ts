// The composition root: opens what Shoal is made of and wires it together. Nothing is shared by import; everything
// is handed over here.
import { engineSkills } from '#engine';
import { knowledgeGraphSkills } from '#knowledge-graph';
import { reportSkills } from '#reports';
import { openForecastLedger, type ForecastLedger } from './forecasts/forecast-ledger.ts';
import { openGatewaySystem, type GatewaySystem } from './gateway-system.ts';
import { createGraphShelf, type GraphShelf } from './graphs/graph-shelf.ts';
import type { Home } from './home.ts';
import { openBlobs, type Blobs } from './runs/blobs.ts';
import { openRunCatalog } from './runs/catalog.ts';
import { EMBEDDED_MODEL } from './runs/run-model.ts';
import { createRunManager, type RunManager } from './runs/run-manager.ts';

export interface System extends GatewaySystem {
  readonly blobs: Blobs;
  readonly runs: RunManager;
  readonly graphs: GraphShelf;
  readonly forecasts: ForecastLedger;
}

/** Opens (and creates on first use) everything under SHOAL_HOME. Throws `invalid_config`, `storage_failed`. */
export function openSystem(home: Home, environment: Readonly<Record<string, string | undefined>>): System {
  const base = openGatewaySystem(home, environment, { ...knowledgeGraphSkills, ...engineSkills, ...reportSkills });
  const { gateway, defaultThreads } = base;
  const runs = createRunManager({ home, gateway, catalog: openRunCatalog(home.catalog), defaultThreads });
  const graphs = createGraphShelf({
    path: home.library,
    model: (name = EMBEDDED_MODEL) => gateway.languageModel({ model: name }),
    embedding: (name) => gateway.languageModel({ model: EMBEDDED_MODEL, embeddingModel: name }),
    usualEmbedding: () => base.models.embeddingModel(),
  });
  const forecasts = openForecastLedger({ path: home.catalog, audit: gateway.audit, now: () => new Date() });
  return {
    ...base,
    blobs: openBlobs(home.blobs),
    runs,
    graphs,
    forecasts,
    close: async () => {
      await runs.close();
      graphs.close();
      forecasts.close();
      await base.close();
    },
  };
}
