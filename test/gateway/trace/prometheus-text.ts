// A strict reader of Prometheus' text format: throws at whatever a scraper would not take.

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

export function readPrometheus(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  let help: readonly [name: string, text: string] | undefined;
  let current: (Family & { readonly name: string }) | undefined;
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const helped = /^# HELP (\S+) (.*)$/.exec(line);
    const typed = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
    if (helped !== null) help = [helped[1] ?? '', helped[2] ?? ''];
    else if (typed !== null) {
      const name = typed[1] ?? '';
      if (!NAME.test(name) || help?.[0] !== name) throw new Error(`a type without help: ${line}`);
      if (families.has(name)) throw new Error(`${name} comes twice`);
      current = { name, type: typed[2] ?? '', help: help[1], samples: [] };
      families.set(name, current);
    } else {
      const sample = readSample(line);
      if (current === undefined) throw new Error(`a sample before its type: ${line}`);
      const suffix = sample.name.slice(current.name.length);
      const allowed = current.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      if (!sample.name.startsWith(current.name) || !allowed.includes(suffix))
        throw new Error(`${line} is not of ${current.name}`);
      const id = JSON.stringify([sample.name, Object.entries(sample.labels)]);
      if (seen.has(id)) throw new Error(`${line} comes twice`);
      seen.add(id);
      if (current.type === 'counter' && !(sample.value >= 0)) throw new Error(`a counter below zero: ${line}`);
      current.samples.push(sample);
    }
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family);
  return families;
}

function readSample(line: string): Sample {
  const [, name = '', labels, value = ''] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === '') throw new Error(`not a sample: ${line}`);
  const read: Record<string, string> = {};
  let rest = labels ?? '';
  while (rest !== '') {
    const [all = '', label = '', text = ''] = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,(?=.)|$)/.exec(rest) ?? [];
    if (all === '' || label in read) throw new Error(`bad labels: ${line}`);
    read[label] = text.replaceAll(/\\(["\\n])/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(all.length);
  }
  const number = value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value);
  if (Number.isNaN(number) && value !== 'NaN') throw new Error(`not a number: ${line}`);
  return { name, labels: read, value: number };
}

/** Buckets grow, the last is +Inf and equals the count. */
function checkHistogram(name: string, { samples }: Family): void {
  const groups = Map.groupBy(samples, ({ labels: { le: _le, ...labels } }) => JSON.stringify(labels));
  for (const group of groups.values()) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
    const count = group.find((sample) => sample.name === `${name}_count`)?.value;
    if (buckets.at(-1)?.labels['le'] !== '+Inf' || buckets.at(-1)?.value !== count)
      throw new Error(`${name} has no whole last bucket`);
    if (!group.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${name} has no sum`);
    for (const [place, bucket] of buckets.entries()) {
      const before = buckets[place - 1];
      if (before === undefined) continue;
      const bounds = [before, bucket].map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])));
      if ((bounds[0] ?? 0) >= (bounds[1] ?? 0) || before.value > bucket.value)
        throw new Error(`${name} has buckets that do not grow`);
    }
  }
}
