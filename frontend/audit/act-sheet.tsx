// One administrative act: who did what, what it changed, and where it stands in the chain.
import type { AuditEntryView } from '#api/contract';
import { Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { toTheSecond } from '../shared/format.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

export function ActSheet({ entry }: { readonly entry: AuditEntryView }) {
  const { seq, at, actor, action, subject, before, after, previous, hash } = entry;
  return (
    <>
      <header className={styles.head}>
        <h2>{action}</h2>
        <p>
          <span className="number">Entry {seq}</span>
          <time dateTime={at}>{toTheSecond(at)}</time>
        </p>
      </header>
      <Facts
        facts={[
          ['By', actor],
          ['On', subject],
        ]}
      />
      {before !== undefined && (
        <section>
          <h3>Before</h3>
          <pre className={styles.code}>{textOf(before)}</pre>
        </section>
      )}
      {after !== undefined && (
        <section>
          <h3>After</h3>
          <pre className={styles.code}>{textOf(after)}</pre>
        </section>
      )}
      <section>
        <h3>In the chain</h3>
        <Facts
          facts={[
            [
              'Hash of the entry before',
              <span key="previous" className={styles.mono}>
                {previous}
              </span>,
            ],
            [
              'Its own hash',
              <span key="hash" className={styles.mono}>
                {hash}
              </span>,
            ],
          ]}
        />
      </section>
    </>
  );
}
