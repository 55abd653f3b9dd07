// The graph in the formats of other programs.
import type { GraphSource } from '../api/graphs.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { DownloadLink } from '../shared/links.tsx';
import styles from './graph.module.css';

const FORMATS = [
  ['graphml', 'GraphML'],
  ['gexf', 'GEXF'],
  ['json-ld', 'JSON-LD'],
  ['csv-nodes', 'CSV, entities'],
  ['csv-edges', 'CSV, relations'],
  ['csv-facts', 'CSV, facts with quotes'],
] as const;

export function ExportLinks({ source }: { readonly source: GraphSource }) {
  return (
    <details className={styles.exports}>
      <summary>Export</summary>
      <ul>
        {FORMATS.map(([format, name]) => (
          <li key={format}>
            <DownloadLink href={`${source.exportPath}?format=${format}`} leftSection={<DownloadIcon size={14} />}>
              {name}
            </DownloadLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
