// The routes of the page, in code. Heavy views are loaded when they are first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { RunsPage } from '../runs/runs-page.tsx';
import { gatewaySearch, graphSearch, newRunSearch, runSearch } from './search.ts';
import { NotFound, PageFault, Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const runsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: RunsPage });

const newRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new',
  validateSearch: newRunSearch,
  component: lazyRouteComponent(() => import('../new-run/new-run-page.tsx'), 'NewRunPage'),
});

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$id',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import('../run/run-page.tsx'), 'RunPage'),
});

const graphsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/graphs',
  component: lazyRouteComponent(() => import('../graphs/graphs-page.tsx'), 'GraphsPage'),
});

const newGraphRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-graph',
  component: lazyRouteComponent(() => import('../graphs/new-graph-page.tsx'), 'NewGraphPage'),
});

const graphRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/graphs/$graph',
  validateSearch: graphSearch,
  component: lazyRouteComponent(() => import('../graphs/graph-page.tsx'), 'GraphPage'),
});

const forecastsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forecasts',
  component: lazyRouteComponent(() => import('../forecasts/forecasts-page.tsx'), 'ForecastsPage'),
});

const forecastRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forecasts/$id',
  component: lazyRouteComponent(() => import('../forecasts/forecast-page.tsx'), 'ForecastPage'),
});

const gatewayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gateway',
  validateSearch: gatewaySearch,
  component: lazyRouteComponent(() => import('../gateway/gateway-page.tsx'), 'GatewayPage'),
});

export const createPageRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([
      runsRoute,
      newRunRoute,
      runRoute,
      graphsRoute,
      newGraphRoute,
      graphRoute,
      forecastsRoute,
      forecastRoute,
      gatewayRoute,
    ]),
    defaultPreload: 'intent',
    defaultErrorComponent: PageFault,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
