// The groups of a world's chat as of a round, the largest first.
import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#api/contract';
import { groupsQuery } from '../api/queries.ts';
import { plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import styles from './theatre.module.css';

const SHOWN = 8;

export function GroupList({ run, round }: { readonly run: RunView; readonly round: number }) {
  const query = useQuery(groupsQuery(run.id, round));
  return (
    <section aria-label="Groups" className={styles.groups}>
      <h3>Groups</h3>
      <Loaded query={query} shape={[90]}>
        {({ groups }) =>
          groups.length === 0 ? (
            <p>Nobody has made a group by round {round}.</p>
          ) : (
            <>
              <ul>
                {groups.slice(0, SHOWN).map((group) => (
                  <li key={group.seq}>
                    <span>{group.name}</span>
                    <small>
                      {plural(group.members, 'member')}, {plural(group.messages, 'message')}
                    </small>
                  </li>
                ))}
              </ul>
              {groups.length > SHOWN && <p>and {plural(groups.length - SHOWN, 'smaller group')}</p>}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
