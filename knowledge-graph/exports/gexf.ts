// GEXF 1.3 (gexf.net): the same graph for Gephi, with its places on the map and its sizes by salience.
import type { GraphSnapshot } from '../contract.ts';
import { exportTables } from './columns.ts';
import type { Column } from './columns.ts';
import { xml } from './xml.ts';

/** The map is two wide; Gephi's default view is some thousands. */
const MAP_SCALE = 1000;

export function* gexf(snapshot: GraphSnapshot): Generator<string> {
  const { nodes, nodeColumns, ties, tieColumns, placeOf } = exportTables(snapshot);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  yield ' xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n';
  yield `  <meta><creator>Shoal</creator><description>${xml(descriptionOf(snapshot))}</description></meta>\n`;
  yield '  <graph defaultedgetype="directed" mode="static">\n';
  yield* attributes('node', nodeColumns);
  yield* attributes('edge', tieColumns);
  yield `    <nodes count="${nodes.length}">\n`;
  for (const entity of nodes) {
    const place = placeOf(entity);
    yield `      <node id="${xml(entity.id)}" label="${xml(entity.name)}">${cells(nodeColumns, entity)}`;
    yield `<viz:size value="${(5 + 45 * entity.salience).toFixed(2)}"/>`;
    if (place !== undefined) yield `<viz:position x="${coordinate(place.x)}" y="${coordinate(place.y)}" z="0"/>`;
    yield '</node>\n';
  }
  yield `    </nodes>\n    <edges count="${ties.length}">\n`;
  for (const tie of ties) {
    const { relation } = tie;
    yield `      <edge id="${xml(relation.id)}" source="${xml(relation.subject)}" target="${xml(tie.object.id)}"`;
    // Two entities may be tied by several predicates; the kind tells parallel edges apart.
    yield ` kind="${xml(relation.predicate)}" label="${xml(relation.predicate)}" weight="${relation.confidence}">`;
    yield `${cells(tieColumns, tie)}</edge>\n`;
  }
  yield '    </edges>\n  </graph>\n</gexf>\n';
}

const coordinate = (value: number): string => (value * MAP_SCALE).toFixed(1);

const descriptionOf = ({ documents, extractor, hash }: GraphSnapshot): string =>
  `Knowledge graph ${hash.slice(0, 12)} of ${documents.length} documents, by ${extractor.model}`;

function* attributes<Row>(scope: 'node' | 'edge', columns: readonly Column<Row>[]): Generator<string> {
  yield `    <attributes class="${scope}">`;
  for (const [at, { name, kind }] of columns.entries()) yield `<attribute id="${at}" title="${name}" type="${kind}"/>`;
  yield '</attributes>\n';
}

function cells<Row>(columns: readonly Column<Row>[], row: Row): string {
  const values = columns.map((column, at) => {
    const value = column.of(row);
    return value === undefined || value === '' ? '' : `<attvalue for="${at}" value="${xml(value)}"/>`;
  });
  return `<attvalues>${values.join('')}</attvalues>`;
}
