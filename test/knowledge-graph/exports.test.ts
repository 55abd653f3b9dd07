import { XMLParser, XMLValidator } from 'fast-xml-parser';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportGraph } from '#knowledge-graph';
import type { ExportFormat, GraphSnapshot } from '#knowledge-graph/contract';
import { buildCorpus, buildText } from './corpora.ts';

const write = (graph: GraphSnapshot, format: ExportFormat): string => [...exportGraph(graph, format).pieces].join('');

/** Names that XML, CSV and spreadsheets would stumble over. */
async function hostile(): Promise<GraphSnapshot> {
  const graph = await buildText('Mara Voss leads Acme Corp in Ferrow. Mara Voss praised Anna Keller in Ferrow.');
  const names = ['=HYPERLINK("http://x")', '<b>"A" & B</b>', 'line\none', 'bell\u0007 and \uD800 half', '+1', '@cmd', 'a,b;"c"'];
  return { ...graph, entities: graph.entities.map((entity, at) => ({ ...entity, name: names[at] ?? entity.name })) };
}

type Node = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? (value as Node[]) : value === undefined ? [] : [value as Node];

function parseXml(text: string): Node {
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
  });
  return parser.parse(text) as Node;
}
/** Without what XML cannot hold. */
const printable = (name: string): string => name.replaceAll('\u0007', '').replaceAll('\uD800', '');
const tiesOf = (graph: GraphSnapshot) => graph.relations.filter(({ object }) => object !== undefined);

const readGraphml = (graph: GraphSnapshot) => {
  const root = parseXml(write(graph, 'graphml'))['graphml'] as Node;
  const body = root['graph'] as Node;
  const keys = new Map(list(root['key']).map((key) => [String(key['id']), key] as const));
  const rows = (name: string): readonly Node[] =>
    list(body[name]).map((element) => ({
      ...element,
      ...Object.fromEntries(list(element['data']).map((cell) => [keys.get(String(cell['key']))?.['attr.name'], cell['#text']])),
    }));
  return { keys, body, nodes: rows('node'), edges: rows('edge'), xml: list(body['node']), xmlEdges: list(body['edge']) };
};

describe('GraphML', () => {
  it('gives back every entity and every tie', async () => {
    const graph = await buildCorpus('council', 'company');
    const { nodes, edges } = readGraphml(graph);
    expect(nodes.map((node) => [node['id'], node['label'], node['type']])).toEqual(
      graph.entities.map(({ id, name, type }) => [id, name, type]),
    );
    expect(edges.map((edge) => [edge['id'], edge['label'], Number(edge['confidence'])])).toEqual(
      tiesOf(graph).map(({ id, predicate, confidence }) => [id, predicate, confidence]),
    );
  });

  it('keeps the rules of its schema: names without spaces, keys declared for their scope, ends that exist', async () => {
    const { keys, body, xml, xmlEdges } = readGraphml(await buildCorpus('council', 'chinese'));
    expect(body['edgedefault']).toBe('directed');
    const ids = xml.map((node) => String(node['id']));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...ids, ...keys.keys()]) expect(id).toMatch(/^[A-Za-z][\w.-]*$/);
    for (const key of keys.values()) expect(key['attr.type']).toMatch(/^(boolean|int|long|float|double|string)$/);
    for (const [scope, elements] of [
      ['node', xml],
      ['edge', xmlEdges],
    ] as const)
      for (const cell of elements.flatMap((element) => list(element['data'])))
        expect(keys.get(String(cell['key']))?.['for']).toBe(scope);
    for (const edge of xmlEdges) expect(ids).toEqual(expect.arrayContaining([edge['source'], edge['target']]));
  });

  it('carries names that look like markup, without what XML cannot hold', async () => {
    const graph = await hostile();
    const labels = readGraphml(graph).nodes.map((node) => node['label']);
    expect(labels).toEqual(graph.entities.map(({ name }) => printable(name)));
  });
});

const readGexf = (graph: GraphSnapshot) => {
  const root = parseXml(write(graph, 'gexf'))['gexf'] as Node;
  const body = root['graph'] as Node;
  const attributes = new Map(
    list(body['attributes']).map(
      (group) => [group['class'], new Set(list(group['attribute']).map((each) => each['id']))] as const,
    ),
  );
  const [nodes, edges] = [body['nodes'] as Node, body['edges'] as Node];
  return {
    root,
    body,
    attributes,
    nodes: list(nodes['node']),
    edges: list(edges['edge']),
    counts: [nodes['count'], edges['count']],
  };
};

describe('GEXF', () => {
  it('gives back every entity and every tie, with places and weights', async () => {
    const graph = await buildCorpus('council', 'company');
    const { nodes, edges, counts } = readGexf(graph);
    expect(nodes.map((node) => [node['id'], node['label']])).toEqual(graph.entities.map(({ id, name }) => [id, name]));
    expect(edges.map((edge) => [edge['id'], edge['source'], edge['target'], edge['label'], Number(edge['weight'])])).toEqual(
      tiesOf(graph).map(({ id, subject, object, predicate, confidence }) => [id, subject, object, predicate, confidence]),
    );
    expect(counts).toEqual([String(nodes.length), String(edges.length)]);
    expect(nodes.filter((node) => node['viz:position'] !== undefined)).toHaveLength(graph.layout.length);
  });

  it('keeps the rules of its schema: version, declared attributes, ends that exist', async () => {
    const { root, body, attributes, nodes, edges } = readGexf(await buildCorpus('council', 'chinese'));
    expect(root).toMatchObject({ version: '1.3', xmlns: 'http://gexf.net/1.3' });
    expect(body).toMatchObject({ defaultedgetype: 'directed', mode: 'static' });
    for (const [scope, elements] of [
      ['node', nodes],
      ['edge', edges],
    ] as const)
      for (const value of elements.flatMap((element) => list((element['attvalues'] as Node)['attvalue'])))
        expect(attributes.get(scope)?.has(value['for'])).toBe(true);
    const ids = new Set(nodes.map((node) => node['id']));
    for (const edge of edges) expect([ids.has(edge['source']), ids.has(edge['target'])]).toEqual([true, true]);
  });

  it('carries names that look like markup', async () => {
    const graph = await hostile();
    expect(readGexf(graph).nodes.map((node) => node['label'])).toEqual(graph.entities.map(({ name }) => printable(name)));
  });
});

describe('JSON-LD', () => {
  interface Place {
    readonly hasSource: string;
    readonly hasSelector: readonly [{ readonly start: number; readonly end: number }, { readonly exact: string }];
  }
  type Member = Node & { readonly id: string; readonly type: string; readonly source?: readonly Place[] };

  it('gives back documents, entities, relations, claims and communities', async () => {
    const graph = await buildCorpus('council', 'company');
    const { '@graph': members } = JSON.parse(write(graph, 'json-ld')) as { '@graph': readonly Member[] };
    const { documents, entities, relations, claims, communities } = graph;
    expect(members).toHaveLength([documents, entities, relations, claims, communities].flat().length);
    expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
    const statements = members.filter(({ type }) => type === 'rdf:Statement');
    expect(statements.map(({ label }) => label)).toEqual(relations.map(({ predicate }) => predicate));
  });

  it('says by span where each thing stands, and the words there', async () => {
    const graph = await buildCorpus('council');
    const { '@graph': members } = JSON.parse(write(graph, 'json-ld')) as { '@graph': readonly Member[] };
    const texts = new Map(graph.documents.map(({ id, text }) => [`urn:shoal:graph:${graph.hash}:${id}`, text]));
    const places = members.flatMap(({ source }) => source ?? []);
    expect(places.length).toBeGreaterThan(graph.relations.length);
    for (const {
      hasSource,
      hasSelector: [{ start, end }, { exact }],
    } of places)
      expect(texts.get(hasSource)?.slice(start, end)).toBe(exact);
  });

  it('uses no term that its context does not define, and no prefix either', async () => {
    const document = JSON.parse(write(await buildCorpus('council'), 'json-ld')) as Node;
    const context = document['@context'] as Node;
    const check = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(check);
      if (typeof value !== 'object' || value === null) return;
      for (const [term, inner] of Object.entries(value)) {
        if (term === '@context') continue;
        expect(term.startsWith('@') || term in context, term).toBe(true);
        expect(term === 'type' ? String(inner).split(':')[0] : 'schema', String(inner)).toSatisfy(
          (prefix: string) => prefix in context,
        );
        check(inner);
      }
    };
    check(document);
  });
});

const readCsv = (graph: GraphSnapshot, format: ExportFormat): readonly Readonly<Record<string, string>>[] => {
  const { data, errors } = papaparse.parse<Record<string, string>>(write(graph, format), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
};

describe('CSV', () => {
  it('gives back entities, ties and the words behind each fact', async () => {
    const graph = await buildCorpus('council', 'company');
    expect(readCsv(graph, 'csv-nodes').map(({ id, name }) => [id, name])).toEqual(
      graph.entities.map(({ id, name }) => [id, name]),
    );
    expect(readCsv(graph, 'csv-edges').map(({ id, source, target }) => [id, source, target])).toEqual(
      tiesOf(graph).map(({ id, subject, object }) => [id, subject, object]),
    );
    const facts = readCsv(graph, 'csv-facts');
    const spans = [...graph.relations, ...graph.claims].flatMap(({ id, sources }) => sources.map((source) => ({ id, source })));
    expect(facts).toHaveLength(spans.length);
    for (const [at, { id, source }] of spans.entries()) {
      const text = graph.documents.find((document) => document.id === source.document)?.text.slice(source.start, source.end);
      expect([facts[at]?.['id'], facts[at]?.['quote']?.replace(/^'(?=[=+@\t\r-])/, '')]).toEqual([id, text]);
    }
  });

  it('ends lines with CRLF and lets no cell run as a formula', async () => {
    const graph = await hostile();
    const text = write(graph, 'csv-nodes');
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);
    const rows = readCsv(graph, 'csv-nodes');
    expect(rows.map(({ name }) => name?.replace(/^'/, ''))).toEqual(graph.entities.map(({ name }) => name));
    for (const cell of rows.flatMap((row) => [row['id'], row['name'], row['aliases'], row['description']]))
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });
});
