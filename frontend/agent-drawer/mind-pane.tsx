// What the agent thinks now and thought at the start, and what it remembers, each memory with its event.
import type { AgentView, RunView } from '#api/contract';
import { EmptyState } from '../shared/empty-state.tsx';
import { EventLink } from '../shared/event-link.tsx';
import { percent, signed } from '../shared/format.ts';
import { Stance, stanceWord } from '../shared/stance.tsx';
import styles from './agent-drawer.module.css';

export function MindPane({ run, view }: { readonly run: RunView; readonly view: AgentView }) {
  return (
    <div className={styles.pane}>
      <section>
        <h3>Where it stands</h3>
        <ul className={styles.stances}>
          {view.stances.map((stance) => (
            <li key={stance.issue}>
              <p>
                <strong>{stance.label}</strong>
                <span>{run.issues.find((issue) => issue.index === stance.issue)?.proposition}</span>
              </p>
              <Stance value={stance.opinion} before={stance.before} label={stance.label} />
              <p className={`${styles.quiet} number`}>
                Now {stanceWord(stance.opinion)}; began at {signed(stance.before)}. {percent(stance.certainty)} certain,{' '}
                {percent(stance.salience)} of care.
              </p>
            </li>
          ))}
        </ul>
      </section>
      {view.reasons.length > 0 && (
        <section>
          <h3>What moved it</h3>
          <ol className={styles.memory}>
            {view.reasons.map((reason) => (
              <li key={reason.event} style={{ borderLeftWidth: 1 + Math.min(4, Math.round(10 * Math.abs(reason.change))) }}>
                <span className="number">round {reason.round}</span>
                <p>
                  <em className="number">{signed(reason.change)}</em>{' '}
                  {run.issues.length > 1 && `on ${run.issues.find(({ index }) => index === reason.issue)?.label ?? ''} `}
                  {reason.post === undefined ? 'by itself' : `after ${reason.post.authorName}: “${reason.post.text}”`}{' '}
                  <EventLink runId={run.id} seq={reason.post?.seq ?? reason.event} />
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section>
        <h3>Memory</h3>
        {view.memory.length === 0 ? (
          <EmptyState title="Nothing to remember yet" />
        ) : (
          <ol className={styles.memory}>
            {view.memory.map((item) => (
              <li key={`${item.event}-${item.kind}`} style={{ borderLeftWidth: 1 + Math.round(4 * item.importance) }}>
                <span className="number">round {item.round}</span>
                <p>
                  <em>{item.kind}</em> {item.text} <EventLink runId={run.id} seq={item.event} />
                </p>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}
