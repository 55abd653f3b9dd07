// The map, drawn with WebGL outside React. React hands it the graph, what is hidden and what is selected; it
// hands back clicks. Everything on it is also in the table, which is the way for keyboard and screen reader.
import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type Sigma from 'sigma';
import type { FactView, GraphView } from '#api/contract';
import { count } from '../shared/format.ts';
import { buildGraph, DRAWN_AT_MOST } from './build-graph.ts';
import styles from './graph.module.css';
import type { Grouping } from './groups.ts';
import { openMap, type MapFocus } from './open-map.ts';

/** So few are all in sight without coming nearer to one. */
const FEW = 40;

interface SigmaMapProps {
  readonly graph: GraphView;
  readonly grouping: Grouping;
  /** Edges that hold at the date that is looked at. */
  readonly held: readonly GraphView['edges'][number][];
  /** A path that is shown. */
  readonly chain: readonly FactView[] | undefined;
  readonly hidden: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
}

/** What the map is told about time and paths. */
function focusOf({
  graph,
  held,
  chain,
}: Pick<SigmaMapProps, 'graph' | 'held' | 'chain'>): Pick<MapFocus, 'held' | 'quiet' | 'chain'> {
  const parts = (chain ?? []).flatMap(({ id, subject, object }) => [id, subject, object ?? subject]);
  if (held === graph.edges) return { held: undefined, quiet: new Set(), chain: new Set(parts) };
  const quiet = new Set(graph.edges.flatMap(({ source, target }) => [source, target]));
  for (const { source, target } of held) for (const end of [source, target]) quiet.delete(end);
  return { held: new Set(held.map(({ id }) => id)), quiet, chain: new Set(parts) };
}

function ColouredMap({ graph, grouping, held, chain, hidden, selected, onSelect }: SigmaMapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<Sigma>(undefined);
  const told = useMemo(() => focusOf({ graph, held, chain }), [graph, held, chain]);
  const focus = useRef<MapFocus>({ hidden, selected, hovered: undefined, ...told });
  const pick = useEffectEvent(onSelect);
  const drawn = useMemo(() => buildGraph(graph, grouping), [graph, grouping]);

  useEffect(() => {
    if (holder.current === null) return undefined;
    const opened = openMap(drawn, holder.current, focus.current, (id) => pick(id));
    map.current = opened;
    return () => {
      map.current = undefined;
      opened.kill();
    };
  }, [drawn]);

  useEffect(() => {
    Object.assign(focus.current, told, { hidden });
    map.current?.refresh({ skipIndexation: true });
  }, [hidden, told]);

  useEffect(() => {
    focus.current.selected = selected;
    map.current?.refresh({ skipIndexation: true });
    const place = selected === undefined ? undefined : map.current?.getNodeDisplayData(selected);
    const ratio = (map.current?.getGraph().order ?? 0) < FEW ? 1 : 0.45;
    if (place !== undefined) void map.current?.getCamera().animate({ x: place.x, y: place.y, ratio }, { duration: 350 });
  }, [selected]);

  const zoom = (factor: number) => () => void map.current?.getCamera().animatedZoom({ factor, duration: 200 });
  const out = (factor: number) => () => void map.current?.getCamera().animatedUnzoom({ factor, duration: 200 });
  return (
    <div className={styles.map}>
      <div
        ref={holder}
        className={styles.canvas}
        role="img"
        aria-label={`Map of ${count(graph.nodes.length)} entities and ${count(graph.edges.length)} relations. The table view holds the same.`}
      />
      <div className={styles.zoom} role="group" aria-label="Zoom">
        <Button variant="default" size="compact-sm" aria-label="Zoom in" onClick={zoom(1.5)}>
          +
        </Button>
        <Button variant="default" size="compact-sm" aria-label="Zoom out" onClick={out(1.5)}>
          −
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => void map.current?.getCamera().animatedReset()}>
          Fit
        </Button>
      </div>
      {graph.nodes.length > DRAWN_AT_MOST && (
        <p className={styles.mapNote}>
          The {count(DRAWN_AT_MOST)} most central of {count(graph.nodes.length)} are drawn; the table has all.
        </p>
      )}
    </div>
  );
}

const canDraw = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;

/** Colours are read from the scheme in use, so the map is opened anew when it changes. */
export function SigmaMap(props: SigmaMapProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [drawable] = useState(canDraw);
  if (drawable) return <ColouredMap key={scheme} {...props} />;
  return (
    <p className={styles.fault} role="alert">
      This browser cannot draw the map (no WebGL). The table shows the same entities.
    </p>
  );
}
