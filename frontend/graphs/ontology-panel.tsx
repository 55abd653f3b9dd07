// The vocabulary of the graph: types and relations with their counts; each can be renamed, mapped to another, dropped.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { OntologyView } from '#api/contract';
import { ontologyQuery, type Edit } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { count, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './graphs.module.css';
import { useEdit } from './use-edit.ts';

interface Entry {
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly count: number | undefined;
  /** What the field for its new name begins with, and what it may be mapped to. */
  readonly current: string;
  readonly offered: readonly string[];
  readonly mapTo: (name: string) => Edit;
  readonly drop: Edit;
}

function typesOf({ entityTypes, allTypes }: OntologyView): Entry[] {
  return entityTypes.flatMap(({ type, subtypes, count: amount }) => [
    {
      key: type,
      label: words(type),
      note: '',
      count: amount,
      current: type,
      offered: allTypes,
      mapTo: (name: string): Edit => ({ kind: 'type-map', from: { type }, to: { type: name } }),
      drop: { kind: 'type-remove', type },
    },
    ...subtypes.map((subtype) => ({
      key: `${type}/${subtype}`,
      label: words(subtype),
      note: words(type),
      count: undefined,
      current: subtype,
      offered: subtypes,
      mapTo: (name: string): Edit => ({ kind: 'type-map', from: { type, subtype }, to: { type, subtype: name } }),
      drop: { kind: 'type-remove', type, subtype },
    })),
  ]);
}

function relationsOf({ relationTypes }: OntologyView): Entry[] {
  const predicates = relationTypes.map(({ predicate }) => predicate);
  return relationTypes.map(({ predicate, from, to, count: amount, cardinality }) => ({
    key: predicate,
    label: predicate,
    note: `${from.join(', ')} → ${to.join(', ') || 'value'}${cardinality === 'many' ? '' : `, ${words(cardinality).toLowerCase()}`}`,
    count: amount,
    current: predicate,
    offered: predicates,
    mapTo: (name: string): Edit => ({ kind: 'relation-map', from: predicate, to: name }),
    drop: { kind: 'relation-remove', predicate },
  }));
}

function Change({ name, entry, onClose }: { readonly name: string; readonly entry: Entry; readonly onClose: () => void }) {
  const [next, setNext] = useState(entry.current);
  const listId = useId();
  const edit = useEdit(name, onClose);
  const wanted = next.trim();
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ kind: 'do', edit: entry.mapTo(wanted) });
      }}
    >
      <TextInput
        size="xs"
        label={`New name of ${entry.label}`}
        list={listId}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {entry.offered.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
      </datalist>
      <Button type="submit" size="xs" loading={edit.isPending} disabled={wanted === '' || wanted === entry.current}>
        Rename
      </Button>
      <Button
        size="xs"
        color="red"
        variant="light"
        disabled={edit.isPending}
        onClick={() => edit.mutate({ kind: 'do', edit: entry.drop })}
      >
        Drop
      </Button>
      {edit.error !== null && <ProblemCard problem={problemFrom(edit.error)} />}
    </form>
  );
}

const SHOWN = 12;

function Entries({
  name,
  title,
  entries,
}: {
  readonly name: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}) {
  const [open, setOpen] = useState<string>();
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.edits}>
        {shown.map((entry) => (
          <li key={entry.key}>
            <span>
              {entry.label} <small className={styles.quiet}>{entry.note}</small>
            </span>
            {entry.count !== undefined && <span className={`${styles.quiet} number`}>{count(entry.count)}</span>}
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Change ${entry.label}`}
              aria-expanded={open === entry.key}
              onClick={() => setOpen(open === entry.key ? undefined : entry.key)}
            >
              Change
            </Button>
            {open === entry.key && <Change name={name} entry={entry} onClose={() => setOpen(undefined)} />}
          </li>
        ))}
      </ul>
      {entries.length > SHOWN && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${count(entries.length)}`}
        </Button>
      )}
    </div>
  );
}

export function OntologyPanel({ name }: { readonly name: string }) {
  const query = useQuery(ontologyQuery(name));
  return (
    <section className={styles.panel} aria-labelledby="ontology-title">
      <h2 id="ontology-title">Types and relations</h2>
      <Loaded query={query} shape={[120]}>
        {(ontology) => (
          <div className={styles.pair}>
            <Entries name={name} title="Types" entries={typesOf(ontology)} />
            <Entries name={name} title="Relations" entries={relationsOf(ontology)} />
          </div>
        )}
      </Loaded>
    </section>
  );
}
