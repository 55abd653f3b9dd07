// Definitions that changed or came later, beside what was approved; nothing is shown while nothing waits.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PinRow } from '#api/contract';
import { problemFrom } from '../api/problem.ts';
import { useIsAdministrator } from '../api/session.ts';
import { approveDefinition, pinsKey, pinsQuery, toolsKey } from '../api/tools.ts';
import { Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { dateTime, plural } from '../shared/format.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';

const indented = (definition: string): string => JSON.stringify(JSON.parse(definition), undefined, 2);

function Definition({ text }: { readonly text: string }) {
  return <pre className={styles.code}>{indented(text)}</pre>;
}

function Waiting({ pin, mayApprove }: { readonly pin: PinRow; readonly mayApprove: boolean }) {
  const client = useQueryClient();
  const { server, kind, name, approved, waiting } = pin;
  const approval = useMutation({
    mutationFn: () => approveDefinition({ server, kind, name, ...(waiting === undefined ? {} : { hash: waiting.hash }) }),
    onSuccess: () => Promise.all([pinsKey, toolsKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  if (waiting === undefined) return null;
  const what = kind === 'server' ? `What ${server} says of itself` : `${server}: ${kind} ${name}`;
  return (
    <article className={styles.section} aria-label={what}>
      <div className={styles.bar}>
        <h3 className={styles.grow}>{what}</h3>
        {mayApprove && (
          <Button
            variant="default"
            leftSection={<CheckIcon size={16} />}
            loading={approval.isPending}
            onClick={() => approval.mutate()}
            aria-label={`Approve ${what}`}
          >
            Approve
          </Button>
        )}
      </div>
      {approval.error !== null && <ProblemCard problem={problemFrom(approval.error)} />}
      <Facts
        facts={[
          ['Waits since', dateTime(waiting.at)],
          ['Was', approved === undefined ? 'not there before' : <Definition key="was" text={approved.definition} />],
          ['Is now', <Definition key="now" text={waiting.definition} />],
        ]}
      />
    </article>
  );
}

export function WaitingSection() {
  const query = useQuery(pinsQuery);
  const mayApprove = useIsAdministrator();
  return (
    <Loaded query={query} shape={[]}>
      {({ pins }) => <WaitingList pins={pins.filter((pin) => pin.waiting !== undefined)} mayApprove={mayApprove} />}
    </Loaded>
  );
}

function WaitingList({ pins, mayApprove }: { readonly pins: readonly PinRow[]; readonly mayApprove: boolean }) {
  if (pins.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="waiting-title">
      <h2 id="waiting-title">{plural(pins.length, 'definition waits', 'definitions wait')} for approval</h2>
      <p className={styles.quiet}>They are neither shown to clients nor called before somebody has looked at them.</p>
      {pins.map((pin) => (
        <Waiting key={`${pin.server} ${pin.kind} ${pin.name}`} pin={pin} mayApprove={mayApprove} />
      ))}
    </section>
  );
}
