// What a person can decide about one entity: it is the same as another, one of its names is another thing, it is of
// another type.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { EntityView } from '#api/contract';
import { graphAlone, graphQuery, mergesQuery, ontologyQuery } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { percent, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './graphs.module.css';
import { useEdit } from './use-edit.ts';

interface EntityEditsProps {
  readonly name: string;
  readonly entity: EntityView;
  /** Told the entity's name when the graph has changed: its id may be another now. */
  readonly onChanged: (entityName: string) => void;
}

const OFFERED = 20;

function Merge({ name, entity, onChanged }: EntityEditsProps) {
  const [other, setOther] = useState('');
  const edit = useEdit(name, () => onChanged(entity.name));
  const { data: graph } = useQuery(graphQuery(graphAlone(name)));
  const listId = useId();
  const wanted = other.trim().toLowerCase();
  const offered =
    wanted === ''
      ? []
      : (graph?.nodes ?? [])
          .filter((node) => node.id !== entity.id && node.name.toLowerCase().includes(wanted))
          .slice(0, OFFERED);
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') edit.mutate({ kind: 'do', edit: { kind: 'merge', into: entity.name, name: other.trim() } });
      }}
    >
      <TextInput
        size="xs"
        label="Is the same as"
        placeholder="Name of another entity"
        list={listId}
        value={other}
        onChange={(event) => setOther(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {offered.map((node) => (
          <option key={node.id} value={node.name}>
            {words(node.type)}
          </option>
        ))}
      </datalist>
      <Button type="submit" size="xs" variant="default" loading={edit.isPending} disabled={wanted === ''}>
        Merge
      </Button>
      {edit.error !== null && <ProblemCard problem={problemFrom(edit.error)} />}
    </form>
  );
}

function Merged({ name, entity, onChanged }: EntityEditsProps) {
  const query = useQuery(mergesQuery(name, entity.id));
  const edit = useEdit(name, () => onChanged(entity.name));
  const split = edit.isPending && edit.variables.kind === 'do' ? edit.variables.edit['name'] : undefined;
  return (
    <Loaded query={query} shape={[30]}>
      {({ merges }) =>
        merges.length === 0 ? null : (
          <div>
            <p className={styles.label}>Names taken for it</p>
            <ul className={styles.edits}>
              {merges.map((merge) => (
                <li key={merge.id}>
                  <span>
                    {merge.name} <small className={styles.quiet}>{`${words(merge.reason)}, ${percent(merge.score)} sure`}</small>
                  </span>
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Split off ${merge.name}`}
                    loading={split === merge.name}
                    disabled={edit.isPending}
                    onClick={() => edit.mutate({ kind: 'do', edit: { kind: 'split', from: entity.name, name: merge.name } })}
                  >
                    Split off
                  </Button>
                </li>
              ))}
            </ul>
            {edit.error !== null && <ProblemCard problem={problemFrom(edit.error)} />}
          </div>
        )
      }
    </Loaded>
  );
}

function Retype({ name, entity, onChanged }: EntityEditsProps) {
  const { data: ontology } = useQuery(ontologyQuery(name));
  const edit = useEdit(name, () => onChanged(entity.name));
  const [type, setType] = useState(entity.type);
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ kind: 'do', edit: { kind: 'type-add', type, words: [entity.name] } });
      }}
    >
      <NativeSelect
        size="xs"
        label="Is of type"
        value={type}
        onChange={(event) => setType(event.currentTarget.value)}
        data={(ontology?.allTypes ?? [entity.type]).map((value) => ({ value, label: words(value) }))}
      />
      <Button type="submit" size="xs" variant="default" loading={edit.isPending} disabled={type === entity.type}>
        Retype
      </Button>
      {edit.error !== null && <ProblemCard problem={problemFrom(edit.error)} />}
    </form>
  );
}

export function EntityEdits(props: EntityEditsProps) {
  return (
    <details className={styles.tools}>
      <summary>Correct it</summary>
      <div>
        <Merge {...props} />
        <Merged {...props} />
        <Retype key={props.entity.type} {...props} />
      </div>
    </details>
  );
}
