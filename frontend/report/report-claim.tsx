// One sentence of the report with its evidence. What documents say and what was simulated look different.
import { Popover, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CitationView, ReportClaimView, RunView } from '#api/contract';
import { postQuery } from '../api/queries.ts';
import { words } from '../shared/format.ts';
import { DocumentIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { DocumentMark, ExcerptBlock, SimulatedMark } from '../shared/provenance.tsx';
import styles from './report.module.css';

const SHAPE = [60];

function EventNote({ runId, seq }: { readonly runId: string; readonly seq: number }) {
  const query = useQuery(postQuery(runId, seq, undefined));
  return (
    <div className={styles.note}>
      <SimulatedMark>{`Simulated event #${seq}`}</SimulatedMark>
      <Loaded query={query} shape={SHAPE}>
        {(post) => (
          <p>
            <strong>{post.authorName}</strong>, round {post.round}: {post.text}
          </p>
        )}
      </Loaded>
      <Link to="/runs/$id" params={{ id: runId }} search={{ tab: 'theatre', post: seq }}>
        See it in the theatre
      </Link>
    </div>
  );
}

function Note({ run, citation }: { readonly run: RunView; readonly citation: CitationView }) {
  if (citation.kind === 'event') return <EventNote runId={run.id} seq={citation.seq} />;
  if (citation.kind === 'measure')
    return (
      <div className={styles.note}>
        <p>
          Measure <strong>{measureName(run, citation.name)}</strong> at {roundName(citation.round)}
        </p>
        <Link to="/runs/$id" params={{ id: run.id }} search={{ tab: 'theatre', round: Math.max(0, citation.round) }}>
          See that round
        </Link>
      </div>
    );
  return (
    <div className={styles.note}>
      {citation.excerpt === undefined ? (
        <p>
          Document {citation.span.document}, characters {citation.span.start} to {citation.span.end}
        </p>
      ) : (
        <ExcerptBlock excerpt={citation.excerpt} />
      )}
    </div>
  );
}

const roundName = (round: number): string => (round < 0 ? 'start' : `round ${round}`);

/** `support:0` → `Support`, with the issue where there are several. */
function measureName(run: RunView, name: string): string {
  const [measure = name, index] = name.split(':');
  const issue = run.issues.length > 1 ? run.issues.find((one) => String(one.index) === index)?.label : undefined;
  return issue === undefined ? words(measure) : `${words(measure)}, ${issue}`;
}

function nameOf(run: RunView, citation: CitationView): string {
  if (citation.kind === 'event') return `#${citation.seq}`;
  if (citation.kind === 'measure') return `${measureName(run, citation.name)}, ${roundName(citation.round)}`;
  return citation.excerpt?.documentName ?? citation.span.document;
}

const SPOKEN = { event: 'Simulated event', span: 'Document', measure: 'Measure' } as const;

function Citation({ run, citation }: { readonly run: RunView; readonly citation: CitationView }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={340} position="bottom" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.citation}
          data-kind={citation.kind}
          aria-label={`${SPOKEN[citation.kind]} ${nameOf(run, citation)}`}
          onClick={() => setOpened(!opened)}
        >
          {citation.kind === 'span' && <DocumentIcon size={12} />}
          {nameOf(run, citation)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>{opened && <Note run={run} citation={citation} />}</Popover.Dropdown>
    </Popover>
  );
}

const keyOf = (citation: CitationView): string =>
  citation.kind === 'event'
    ? `e${citation.seq}`
    : citation.kind === 'measure'
      ? `m${citation.name}:${citation.round}`
      : `s${citation.span.document}:${citation.span.start}`;

function Citations({ run, claim }: { readonly run: RunView; readonly claim: ReportClaimView }) {
  if (claim.citations.length === 0) return null;
  return (
    <span className={styles.citations}>
      {claim.citations.map((citation) => (
        <Citation key={keyOf(citation)} run={run} citation={citation} />
      ))}
    </span>
  );
}

export function ReportClaim({ run, claim }: { readonly run: RunView; readonly claim: ReportClaimView }) {
  const evidence = <Citations run={run} claim={claim} />;
  if (claim.kind === 'quote')
    return (
      <figure className={styles.quote}>
        <blockquote>{claim.text}</blockquote>
        <figcaption>
          <SimulatedMark>Said in the simulation</SimulatedMark> {evidence}
        </figcaption>
      </figure>
    );
  if (claim.kind === 'seed-fact')
    return (
      <div className={styles.fact}>
        <p>
          {claim.text} {evidence}
        </p>
        <DocumentMark>Stated in the documents</DocumentMark>
      </div>
    );
  return (
    <p className={claim.kind === 'caution' ? styles.caution : claim.kind === 'method' ? styles.aboutMethod : styles.finding}>
      {claim.text} {evidence}
    </p>
  );
}
