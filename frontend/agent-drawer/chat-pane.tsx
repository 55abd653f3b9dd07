// A talk with the agent as it is at a round. Turns are kept by the server, so a reload loses nothing; each answer
// shows the events and excerpts that it leans on.
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AgentView, ChatView, RunView } from '#api/contract';
import { sayTo } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { chatKey, chatQuery } from '../api/queries.ts';
import { EventLink } from '../shared/event-link.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { modelName } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import { ExcerptBlock, SimulatedMark } from '../shared/provenance.tsx';
import styles from './agent-drawer.module.css';

const LONGEST = 4000;
type Turn = ChatView['turns'][number];

function Spoken({ run, name, turn }: { readonly run: RunView; readonly name: string; readonly turn: Turn }) {
  const mine = turn.from === 'person';
  return (
    <li className={mine ? styles.mine : styles.theirs}>
      <p className={styles.speaker}>
        {mine ? 'You' : name}
        <span className="number">{turn.round < 0 ? 'before round 0' : `round ${turn.round}`}</span>
      </p>
      <p className={styles.said}>{turn.text}</p>
      {turn.events.length > 0 && (
        <p className={styles.evidence}>
          Leans on{' '}
          {turn.events.map((seq) => (
            <EventLink key={seq} runId={run.id} seq={seq} />
          ))}
        </p>
      )}
      {turn.excerpts.map((excerpt) => (
        <ExcerptBlock key={`${excerpt.span.document}:${excerpt.span.start}`} excerpt={excerpt} />
      ))}
      {turn.model !== undefined && <p className={styles.evidence}>{modelName(turn.model)}</p>}
    </li>
  );
}

interface ChatPaneProps {
  readonly run: RunView;
  readonly view: AgentView;
  readonly round: number | undefined;
}

export function ChatPane({ run, view, round }: ChatPaneProps) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const end = useRef<HTMLDivElement>(null);
  const query = useQuery(chatQuery(run.id, view.agent));
  const say = useMutation({
    mutationFn: (message: string) => sayTo(run.id, view.agent, message, round),
    onSuccess: (chat) => {
      client.setQueryData(chatKey(run.id, view.agent), chat);
      setText('');
    },
  });
  const turns = query.data?.turns.length ?? 0;
  useEffect(() => {
    if (turns > 0 || say.isPending) end.current?.scrollIntoView({ block: 'nearest' });
  }, [turns, say.isPending]);
  const send = (): void => {
    const message = text.trim();
    if (message !== '' && !say.isPending) say.mutate(message);
  };
  return (
    <div className={styles.pane}>
      <SimulatedMark>{`Answers come from the simulation${run.model.startsWith('embedded') ? ', by rules' : ''}`}</SimulatedMark>
      <Loaded query={query} shape={[70, 70]}>
        {(chat) => (
          <ol className={styles.chat} aria-label={`Talk with ${view.persona.name}`} aria-live="polite">
            {chat.turns.length === 0 && !say.isPending && (
              <li className={styles.quiet}>Ask what {view.persona.name} thinks, why, and what would change that.</li>
            )}
            {chat.turns.map((turn) => (
              <Spoken key={`${turn.from}-${turn.at}`} run={run} name={view.persona.name} turn={turn} />
            ))}
            {say.isPending && (
              <>
                <li className={styles.mine}>
                  <p className={styles.said}>{say.variables}</p>
                </li>
                <li className={styles.theirs}>
                  <p className={styles.said}>{view.persona.name} is thinking…</p>
                </li>
              </>
            )}
          </ol>
        )}
      </Loaded>
      {say.error !== null && <ProblemCard problem={problemFrom(say.error)} onRetry={send} />}
      <div ref={end} />
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          aria-label={`Message to ${view.persona.name}`}
          placeholder="Ask something"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <Button type="submit" loading={say.isPending} disabled={text.trim() === ''}>
          Send
        </Button>
      </form>
    </div>
  );
}
