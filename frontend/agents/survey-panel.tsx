// One question to everyone, answered from where each stands at a round, with the error of the shares.
import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { RunView, SurveyRequest, SurveyView } from '#api/contract';
import { askEveryone } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { count, percent, plural, words } from '../shared/format.ts';
import { CloseIcon, PlusIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { SimulatedMark } from '../shared/provenance.tsx';
import styles from './agents.module.css';

const route = getRouteApi('/runs/$id');
const MOST_OPTIONS = 8;
const FEWEST_OPTIONS = 2;
const GROUPS = [
  { value: 'community', label: 'Community' },
  { value: 'age', label: 'Age' },
  { value: 'gender', label: 'Gender' },
  { value: 'education', label: 'Education' },
  { value: 'region', label: 'Region' },
  { value: 'age,gender', label: 'Age and gender' },
  { value: 'region,age', label: 'Region and age' },
];
const KINDS = [
  { value: '', label: 'Everyone' },
  { value: 'named', label: 'Only those named in documents' },
  { value: 'crowd', label: 'Only the crowd' },
];

interface Option {
  readonly key: number;
  readonly text: string;
}
const FIRST_OPTIONS: readonly Option[] = [
  { key: 1, text: 'Yes' },
  { key: 2, text: 'No' },
  { key: 3, text: 'Undecided' },
];

/** Shares by group; how far a share may be off by chance stands under it. */
function CrossTable({
  table,
  options,
}: {
  readonly table: SurveyView['crossTabs'][number];
  readonly options: readonly string[];
}) {
  const name = table.by.join(' and ');
  return (
    <details open={table.by[0] !== 'community'}>
      <summary>By {name}</summary>
      <div className={styles.scroll}>
        <table className={styles.groups}>
          <thead>
            <tr>
              <th scope="col">{words(name)}</th>
              <th scope="col">Asked</th>
              {options.map((option) => (
                <th scope="col" key={option}>
                  {option}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.groups.map(({ group, asked, shares, standardErrors }) => (
              <tr key={group.join()}>
                <th scope="row">{group.join(', ')}</th>
                <td>{count(asked)}</td>
                {options.map((option, index) => (
                  <td key={option}>
                    {percent(shares[index] ?? 0)} <small>± {percent(standardErrors[index] ?? 0)}</small>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Result({ survey }: { readonly survey: SurveyView }) {
  return (
    <div className={styles.result} aria-live="polite">
      <p>
        <SimulatedMark>{`${plural(survey.asked, 'simulated answer')}, round ${survey.round}`}</SimulatedMark>
      </p>
      <h3>{survey.question}</h3>
      <ul className={styles.bars}>
        {survey.options.map((option) => (
          <li key={option.option}>
            <span>{option.option}</span>
            <span className="number">
              {percent(option.share, 1)} <small>± {percent(option.standardError, 1)}</small>
            </span>
            <span className={styles.bar} style={{ width: `${option.share * 100}%` }} />
            <small className="number">{count(option.count)}</small>
          </li>
        ))}
      </ul>
      {survey.crossTabs.map((table) => (
        <CrossTable key={table.by.join()} table={table} options={survey.options.map(({ option }) => option)} />
      ))}
      <p className={styles.method}>{survey.method}</p>
    </div>
  );
}

export function SurveyPanel({ run }: { readonly run: RunView }) {
  const { round } = route.useSearch();
  const [question, setQuestion] = useState(run.question);
  const [options, setOptions] = useState(FIRST_OPTIONS);
  const [kind, setKind] = useState('');
  const [by, setBy] = useState('community');
  const survey = useMutation({ mutationFn: (body: SurveyRequest) => askEveryone(run.id, body) });
  const asked = options.map((option) => option.text.trim()).filter((text) => text !== '');
  const ready =
    question.trim().length >= FEWEST_OPTIONS + 1 && asked.length >= FEWEST_OPTIONS && new Set(asked).size === asked.length;
  return (
    <section aria-labelledby="survey-title" className={styles.survey}>
      <h2 id="survey-title">Ask everyone</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          survey.mutate({
            question: question.trim(),
            options: asked,
            ...(round === undefined ? {} : { round }),
            ...(kind === '' ? {} : { where: { kind } }),
            by: [by],
          });
        }}
      >
        <Textarea
          label="Question"
          autosize
          minRows={2}
          maxLength={600}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <fieldset className={styles.options}>
          <legend>Answers</legend>
          {options.map((option, index) => (
            <div key={option.key} className={styles.option}>
              <TextInput
                aria-label={`Answer ${index + 1}`}
                maxLength={120}
                value={option.text}
                onChange={(event) => {
                  const text = event.currentTarget.value;
                  setOptions((all) => all.map((other) => (other.key === option.key ? { ...other, text } : other)));
                }}
              />
              {options.length > FEWEST_OPTIONS && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={`Remove answer ${index + 1}`}
                  onClick={() => setOptions((all) => all.filter((other) => other.key !== option.key))}
                >
                  <CloseIcon size={16} />
                </ActionIcon>
              )}
            </div>
          ))}
          {options.length < MOST_OPTIONS && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<PlusIcon size={15} />}
              onClick={() => setOptions((all) => [...all, { key: Math.max(...all.map((other) => other.key)) + 1, text: '' }])}
            >
              Another answer
            </Button>
          )}
        </fieldset>
        <NativeSelect label="Whom" value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={KINDS} />
        <NativeSelect label="Table by" value={by} onChange={(event) => setBy(event.currentTarget.value)} data={GROUPS} />
        <Button type="submit" loading={survey.isPending} disabled={!ready || run.roundsDone === 0}>
          Ask
        </Button>
      </form>
      {survey.error !== null && <ProblemCard problem={problemFrom(survey.error)} />}
      {survey.data !== undefined && <Result survey={survey.data} />}
    </section>
  );
}
