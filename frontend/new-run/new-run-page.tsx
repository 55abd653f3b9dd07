// From documents and a question to a run, with its price in time and money known before it starts.
import { Button, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { RunRequest } from '#api/contract';
import { startRun } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { runKey, runsKey, scenariosQuery, statusQuery } from '../api/queries.ts';
import { ArrowIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { useTitle } from '../shared/use-title.ts';
import { type Draft, FIRST_DRAFT, MAX_AGENTS, MAX_ENSEMBLE, MAX_ROUNDS, requestOf, suggested } from './draft.ts';
import { EstimatePanel } from './estimate-panel.tsx';
import { AddressField } from './address-field.tsx';
import { FileDrop } from '../shared/file-drop.tsx';
import { ModelFields } from './model-fields.tsx';
import styles from './new-run.module.css';
import { SliderField } from './slider-field.tsx';
import { useUploads } from '../shared/use-uploads.ts';

const route = getRouteApi('/new');

export function NewRunPage() {
  useTitle('New run');
  const { scenario: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const uploads = useUploads();
  const scenarios = useQuery(scenariosQuery);
  const status = useQuery(statusQuery);
  const scenario = scenarios.data?.find((other) => other.name === chosen);
  // What the person has set lies over what the scenario suggests.
  const [own, setOwn] = useState<Partial<Draft>>({});
  const change = (part: Partial<Draft>): void => setOwn((before) => ({ ...before, ...part }));
  const draft: Draft = { ...FIRST_DRAFT, ...(scenario === undefined ? {} : suggested(scenario)), ...own };
  const choose = (name: string): void => {
    setOwn(({ question: _question, agents: _agents, rounds: _rounds, ...rest }) => rest);
    void navigate({ search: { scenario: name === '' ? undefined : name }, replace: true });
  };

  const complete = requestOf(draft, scenario, uploads.uploads);
  // One key per distinct request: pressing twice, or again after a lost answer, starts one run.
  const key = useRef({ body: '', value: '' });
  const start = useMutation({
    mutationFn: (request: RunRequest) => {
      const body = JSON.stringify(request);
      if (key.current.body !== body) key.current = { body, value: crypto.randomUUID() };
      return startRun(request, key.current.value);
    },
    onSuccess: (run) => {
      client.setQueryData(runKey(run.id), run);
      void client.invalidateQueries({ queryKey: runsKey });
      void navigate({ to: '/runs/$id', params: { id: run.id }, search: { tab: 'progress' } });
    },
  });

  return (
    <form
      className={styles.page}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete.kind === 'complete' && !start.isPending) start.mutate(complete.request);
      }}
    >
      <div className={styles.form}>
        <h1>New run</h1>

        <section className={styles.step} aria-labelledby="step-documents">
          <h2 id="step-documents">What it should read</h2>
          <NativeSelect
            label="Bundled scenario"
            description="Seed documents and a question to start from, or your own files below"
            value={chosen ?? ''}
            disabled={scenarios.isPending}
            error={scenarios.error === null ? undefined : problemFrom(scenarios.error).title}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: '', label: 'None: my own documents' },
              ...(scenarios.data ?? []).map((other) => ({ value: other.name, label: other.title })),
            ]}
          />
          {scenario === undefined ? (
            <>
              <FileDrop {...uploads} />
              {status.data?.fetchesUrls === true && <AddressField add={uploads.add} />}
            </>
          ) : (
            <div className={styles.scenario}>
              <p>{scenario.description}</p>
              <p className={styles.scenarioFiles}>{scenario.documents.join(' · ')}</p>
            </div>
          )}
        </section>

        <section className={styles.step} aria-labelledby="step-question">
          <h2 id="step-question">What you want to know</h2>
          <Textarea
            label="Question"
            description="One that can come out one way or another. Example: Will the council approve the bridge toll this year?"
            autosize
            minRows={2}
            maxLength={600}
            value={draft.question}
            onChange={(event) => change({ question: event.currentTarget.value })}
            classNames={{ input: styles.question ?? '' }}
          />
        </section>

        <section className={styles.step} aria-labelledby="step-size">
          <h2 id="step-size">How big the world is</h2>
          <SliderField
            label="Agents"
            hint="Named actors from the documents, and a crowd around them"
            value={draft.agents}
            min={2}
            max={MAX_AGENTS}
            sliderMax={100_000}
            logarithmic
            onChange={(agents) => change({ agents })}
          />
          <SliderField
            label="Rounds"
            hint="One round is an hour of the world, unless the scenario says otherwise"
            value={draft.rounds}
            min={1}
            max={MAX_ROUNDS}
            sliderMax={240}
            onChange={(rounds) => change({ rounds })}
          />
          <div className={styles.pair}>
            <NumberInput
              label="Ensemble"
              description="Worlds with other dice; gives the spread"
              min={1}
              max={MAX_ENSEMBLE}
              allowDecimal={false}
              value={draft.ensemble}
              onChange={(value) => change({ ensemble: Number(value) || 1 })}
            />
            <NumberInput
              label="Seed"
              description="Same seed, same world, byte for byte"
              min={0}
              allowDecimal={false}
              allowNegative={false}
              value={draft.seed}
              onChange={(value) => change({ seed: Number(value) || 0 })}
            />
          </div>
        </section>

        <section className={styles.step} aria-labelledby="step-model">
          <h2 id="step-model">Who thinks</h2>
          <ModelFields status={status} draft={draft} onChange={change} />
        </section>
      </div>

      <aside className={styles.aside} aria-label="Estimate and start">
        <EstimatePanel complete={complete} />
        {start.error !== null && <ProblemCard problem={problemFrom(start.error)} />}
        <Button
          type="submit"
          size="lg"
          fullWidth
          loading={start.isPending}
          disabled={complete.kind === 'incomplete'}
          rightSection={<ArrowIcon />}
        >
          Start the run
        </Button>
        {complete.kind === 'incomplete' && <p className={styles.missing}>{complete.missing}</p>}
      </aside>
    </form>
  );
}
