// GraphML 1.0 (graphml.graphdrawing.org): entities as nodes, relations between two of them as directed edges.
import type { GraphSnapshot } from '../contract.ts';
import { exportTables } from './columns.ts';
import type { Column } from './columns.ts';
import { xml } from './xml.ts';

const TYPES = { string: 'string', double: 'double', integer: 'int' } as const;

/** Ids are numbered names, since the format allows no spaces or brackets in them; `id` has the entity's own. */
export function* graphml(snapshot: GraphSnapshot): Generator<string> {
  const { nodes, nodeColumns, ties, tieColumns, placeOf } = exportTables(snapshot);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  yield ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n';
  for (const name of ['id', 'label']) yield key('node', name, 'string');
  for (const { name, kind } of nodeColumns) yield key('node', name, TYPES[kind]);
  for (const name of ['x', 'y']) yield key('node', name, 'double');
  for (const name of ['id', 'label']) yield key('edge', name, 'string');
  for (const { name, kind } of tieColumns) yield key('edge', name, TYPES[kind]);
  yield `  <graph id="g${snapshot.hash.slice(0, 12)}" edgedefault="directed">\n`;
  const numbers = new Map(nodes.map((entity, at) => [entity, `n${at + 1}`] as const));
  for (const entity of nodes) {
    const place = placeOf(entity);
    yield `    <node id="${numbers.get(entity)}">`;
    yield data('node', 'id', entity.id) + data('node', 'label', entity.name);
    yield cells('node', nodeColumns, entity);
    if (place !== undefined) yield data('node', 'x', place.x) + data('node', 'y', place.y);
    yield '</node>\n';
  }
  for (const [at, tie] of ties.entries()) {
    yield `    <edge id="e${at + 1}" source="${numbers.get(tie.subject)}" target="${numbers.get(tie.object)}">`;
    yield data('edge', 'id', tie.relation.id) + data('edge', 'label', tie.relation.predicate);
    yield cells('edge', tieColumns, tie);
    yield '</edge>\n';
  }
  yield '  </graph>\n</graphml>\n';
}

const key = (scope: 'node' | 'edge', name: string, type: string): string =>
  `  <key id="${scope}-${name}" for="${scope}" attr.name="${name}" attr.type="${type}"/>\n`;

const data = (scope: 'node' | 'edge', name: string, value: string | number): string =>
  `<data key="${scope}-${name}">${xml(value)}</data>`;

const cells = <Row>(scope: 'node' | 'edge', columns: readonly Column<Row>[], row: Row): string =>
  columns
    .map((column) => {
      const value = column.of(row);
      return value === undefined || value === '' ? '' : data(scope, column.name, value);
    })
    .join('');
