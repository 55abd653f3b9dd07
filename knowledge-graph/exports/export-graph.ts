// A graph in the formats that other programs read, piece by piece, so that a large one never stands in memory as one text.
import type { ExportFormat, GraphSnapshot } from '../contract.ts';
import { edgesCsv, factsCsv, nodesCsv } from './csv.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';
import { jsonLd } from './json-ld.ts';

interface Writer {
  readonly mediaType: string;
  /** What the file's name ends with, with the dot. */
  readonly extension: string;
  readonly write: (snapshot: GraphSnapshot) => Iterable<string>;
}

const CSV = 'text/csv; charset=utf-8';
const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  graphml: { mediaType: 'application/graphml+xml; charset=utf-8', extension: '.graphml', write: graphml },
  gexf: { mediaType: 'application/gexf+xml; charset=utf-8', extension: '.gexf', write: gexf },
  'json-ld': { mediaType: 'application/ld+json; charset=utf-8', extension: '.jsonld', write: jsonLd },
  'csv-nodes': { mediaType: CSV, extension: '.nodes.csv', write: nodesCsv },
  'csv-edges': { mediaType: CSV, extension: '.edges.csv', write: edgesCsv },
  'csv-facts': { mediaType: CSV, extension: '.facts.csv', write: factsCsv },
};

export interface GraphExport {
  readonly mediaType: string;
  readonly fileName: string;
  /** Pieces of one text, in order. */
  readonly pieces: Iterable<string>;
}

/** Pieces of at least this many characters: single lines would drown in the cost of handing them on. */
const PIECE_CHARACTERS = 64_000;

export function exportGraph(snapshot: GraphSnapshot, format: ExportFormat): GraphExport {
  const { mediaType, extension, write } = WRITERS[format];
  return { mediaType, fileName: `graph-${snapshot.hash.slice(0, 12)}${extension}`, pieces: inPieces(write(snapshot)) };
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
