// A figure of the report with its caption and its numbers as a table. The drawing is cleaned before it is shown.
import { useEffect, useRef } from 'react';
import type { FigureView } from '#api/contract';
import { measureValue, words } from '../shared/format.ts';
import { cleanSvg } from './clean-svg.ts';
import styles from './report.module.css';

const ROWS_AT_FIRST = 60;

function FigureData({ figure }: { readonly figure: FigureView }) {
  const [first] = figure.data;
  if (first === undefined) return null;
  const columns = Object.keys(first);
  return (
    <details>
      <summary>Numbers</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region takes the keyboard */}
      <div className={styles.figureData} tabIndex={0} role="region" aria-label={`Numbers of ${figure.title}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {words(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figure.data.slice(0, ROWS_AT_FIRST).map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a fixed table
              <tr key={index}>
                {columns.map((column) => {
                  const value = row[column];
                  return <td key={column}>{typeof value === 'number' ? measureValue(value) : value}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {figure.data.length > ROWS_AT_FIRST && <p>The first {ROWS_AT_FIRST} rows; all are in the data download.</p>}
      </div>
    </details>
  );
}

export function ReportFigure({ figure }: { readonly figure: FigureView }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawing = cleanSvg(figure.svg);
    if (drawing !== undefined) holder.current?.replaceChildren(drawing);
  }, [figure.svg]);
  return (
    <figure className={styles.figure}>
      <h3>{figure.title}</h3>
      <div ref={holder} className={styles.drawing} role="img" aria-label={figure.alt} />
      <figcaption>{figure.caption}</figcaption>
      <FigureData figure={figure} />
    </figure>
  );
}
