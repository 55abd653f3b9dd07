// A small writer of Prometheus' text format: counters, histograms, and gauges that are read when somebody asks.

export interface Counter {
  value: number;
}

export interface HistogramSeries {
  readonly counts: Float64Array;
  sum: number;
  count: number;
}

interface Family {
  write(lines: string[]): void;
}

export type LabelValues = readonly string[];
export interface Sample {
  readonly labels: LabelValues;
  readonly value: number;
}

export interface Registry {
  /** The series of these label values; keep it where it is used often. */
  counter(name: string, help: string, labels: readonly string[]): (values: LabelValues) => Counter;
  histogram(
    name: string,
    help: string,
    labels: readonly string[],
    bounds: readonly number[],
  ): (values: LabelValues) => HistogramSeries;
  gauge(name: string, help: string, labels: readonly string[], read: () => readonly Sample[]): void;
  text(): string;
}

export function createRegistry(): Registry {
  const families: Family[] = [];
  return {
    counter: (name, help, labels) => {
      const series = new Map<string, { readonly values: LabelValues; readonly counter: Counter }>();
      families.push({
        write: (lines) => {
          lines.push(...head(name, help, 'counter'));
          for (const { values, counter } of series.values())
            lines.push(`${name}${labelText(labels, values)} ${numberText(counter.value)}`);
        },
      });
      return (values) => {
        const id = values.join('\n');
        const known = series.get(id) ?? { values, counter: { value: 0 } };
        series.set(id, known);
        return known.counter;
      };
    },
    histogram: (name, help, labels, bounds) => {
      const series = new Map<string, { readonly values: LabelValues; readonly one: HistogramSeries }>();
      families.push({
        write: (lines) => {
          lines.push(...head(name, help, 'histogram'));
          for (const { values, one } of series.values()) {
            let below = 0;
            for (const [place, bound] of bounds.entries()) {
              below += one.counts[place] ?? 0;
              lines.push(`${name}_bucket${labelText([...labels, 'le'], [...values, String(bound)])} ${below}`);
            }
            lines.push(`${name}_bucket${labelText([...labels, 'le'], [...values, '+Inf'])} ${one.count}`);
            lines.push(`${name}_sum${labelText(labels, values)} ${numberText(one.sum)}`);
            lines.push(`${name}_count${labelText(labels, values)} ${one.count}`);
          }
        },
      });
      return (values) => {
        const id = values.join('\n');
        const known = series.get(id) ?? { values, one: { counts: new Float64Array(bounds.length), sum: 0, count: 0 } };
        series.set(id, known);
        return known.one;
      };
    },
    gauge: (name, help, labels, read) => {
      families.push({
        write: (lines) => {
          lines.push(...head(name, help, 'gauge'));
          for (const { labels: values, value } of read()) lines.push(`${name}${labelText(labels, values)} ${numberText(value)}`);
        },
      });
    },
    text: () => {
      const lines: string[] = [];
      for (const family of families) family.write(lines);
      return `${lines.join('\n')}\n`;
    },
  };
}

/** `bounds` as they were given to `histogram`. */
export function observe(series: HistogramSeries, bounds: readonly number[], value: number): void {
  series.sum += value;
  series.count += 1;
  let place = 0;
  while (place < bounds.length && value > (bounds[place] ?? Infinity)) place += 1;
  if (place < bounds.length) series.counts[place] = (series.counts[place] ?? 0) + 1;
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`];
}

function labelText(names: readonly string[], values: LabelValues): string {
  if (names.length === 0) return '';
  return `{${names.map((name, place) => `${name}="${escaped(values[place] ?? '')}"`).join(',')}}`;
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
}
