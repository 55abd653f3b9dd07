// CSV by RFC 4180: a header, one row each, CRLF. A cell that a spreadsheet would run as a formula gets an apostrophe in
// front, since names and quotes come from other people's documents.
import papaparse from 'papaparse';
import type { GraphSnapshot } from '../contract.ts';
import { exportTables, quoter } from './columns.ts';
import type { Cell } from './columns.ts';

const NEWLINE = '\r\n';

const line = (cells: readonly Cell[]): string =>
  papaparse.unparse([cells.map((cell) => cell ?? '')], { newline: NEWLINE, escapeFormulae: true }) + NEWLINE;

export function* nodesCsv(snapshot: GraphSnapshot): Generator<string> {
  const { nodes, nodeColumns, placeOf } = exportTables(snapshot);
  yield line(['id', 'name', ...nodeColumns.map(({ name }) => name), 'x', 'y']);
  for (const entity of nodes) {
    const place = placeOf(entity);
    yield line([entity.id, entity.name, ...nodeColumns.map((column) => column.of(entity)), place?.x, place?.y]);
  }
}

export function* edgesCsv(snapshot: GraphSnapshot): Generator<string> {
  const { ties, tieColumns } = exportTables(snapshot);
  yield line(['id', 'source', 'target', 'label', ...tieColumns.map(({ name }) => name)]);
  for (const tie of ties) {
    const { id, predicate } = tie.relation;
    yield line([id, tie.subject.id, tie.object.id, predicate, ...tieColumns.map((column) => column.of(tie))]);
  }
}

/** One row for each place of each fact and statement, with the words that stand there. */
export function* factsCsv(snapshot: GraphSnapshot): Generator<string> {
  const quoteOf = quoter(snapshot);
  const names = new Map(snapshot.entities.map(({ id, name }) => [id, name] as const));
  const nameOf = (id: string | undefined): string | undefined => (id === undefined ? undefined : (names.get(id) ?? id));
  const files = new Map(snapshot.documents.map(({ id, name }) => [id, name] as const));
  const shared = ['polarity', 'modality', 'speaker', 'confidence', 'validFrom', 'validTo'];
  yield line(['id', 'kind', 'subject', 'predicate', 'object', ...shared, 'document', 'start', 'end', 'quote', 'about']);
  for (const relation of snapshot.relations) {
    const { id, subject, predicate, object, literal, polarity, modality, speaker, confidence, validFrom, validTo } = relation;
    const said = [polarity, modality, nameOf(speaker), confidence, validFrom, validTo];
    const fact = [id, 'fact', nameOf(subject), predicate, object === undefined ? literal : nameOf(object), ...said];
    for (const source of relation.sources)
      yield line([...fact, files.get(source.document), source.start, source.end, quoteOf(source), '']);
  }
  for (const { id, speaker, about, polarity, modality, confidence, sources } of snapshot.claims) {
    const claim = [id, 'claim', nameOf(speaker), 'say', '', polarity, modality, nameOf(speaker), confidence, '', ''];
    const topics = about.map((topic) => nameOf(topic) ?? '').join('; ');
    for (const source of sources)
      yield line([...claim, files.get(source.document), source.start, source.end, quoteOf(source), topics]);
  }
}
