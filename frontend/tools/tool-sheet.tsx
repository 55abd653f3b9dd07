// One tool: what it takes, and a call of it.
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ToolCallResult, ToolRow } from '#api/contract';
import { problemFrom } from '../api/problem.ts';
import { callTool } from '../api/tools.ts';
import { Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { ProblemCard } from '../shared/problem-card.tsx';
import { StateMark } from '../shared/state-mark.tsx';

type Arguments = Readonly<Record<string, unknown>>;

/** Undefined while what is written is no JSON object. */
function argumentsOf(text: string): Arguments | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Arguments) : undefined;
  } catch {
    return undefined;
  }
}

/** The arguments that it cannot do without, to be filled in. */
function draftFor({ inputSchema: { required } }: ToolRow): string {
  const names = Array.isArray(required) ? required.map(String) : [];
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, null])), undefined, 2);
}

function textOf(block: unknown): string {
  const { type, text } = block as { readonly type?: unknown; readonly text?: unknown };
  return type === 'text' && typeof text === 'string' ? text : JSON.stringify(block, undefined, 2);
}

function Answer({ result }: { readonly result: ToolCallResult }) {
  const { isError, content, structuredContent, requestId } = result;
  return (
    <div role="status">
      <StateMark tone={isError ? 'bad' : 'good'}>{isError ? 'The tool says that it failed' : 'Answered'}</StateMark>
      <pre className={styles.code}>{content.map(textOf).join('\n')}</pre>
      {structuredContent !== undefined && <pre className={styles.code}>{JSON.stringify(structuredContent, undefined, 2)}</pre>}
      <Link to="/gateway" search={{ tab: 'requests', open: requestId }}>
        The call in the request log
      </Link>
    </div>
  );
}

export function ToolSheet({ tool, endpoint }: { readonly tool: ToolRow; readonly endpoint: string }) {
  const [text, setText] = useState(() => draftFor(tool));
  const call = useMutation({ mutationFn: (given: Arguments) => callTool({ endpoint, name: tool.name, arguments: given }) });
  const given = argumentsOf(text);
  return (
    <>
      <section>
        <h3>{tool.name}</h3>
        <Facts
          facts={[
            ['Server', tool.server],
            ['Title', tool.title],
            ['Says of itself', tool.description],
            [
              'Takes',
              <pre key="takes" className={styles.code}>
                {JSON.stringify(tool.inputSchema, undefined, 2)}
              </pre>,
            ],
            [
              'Gives',
              tool.outputSchema === undefined ? undefined : (
                <pre key="gives" className={styles.code}>
                  {JSON.stringify(tool.outputSchema, undefined, 2)}
                </pre>
              ),
            ],
          ]}
        />
      </section>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== undefined) call.mutate(given);
        }}
      >
        <h3>Call it</h3>
        <Textarea
          label="Arguments"
          description="A JSON object. The call is made for real, and counted and logged as any other."
          autosize
          minRows={3}
          maxRows={16}
          classNames={{ input: styles.mono ?? '' }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={given === undefined ? 'Not a JSON object yet' : undefined}
        />
        <div className={styles.actions}>
          <Button type="submit" loading={call.isPending} disabled={given === undefined}>
            Call
          </Button>
        </div>
      </form>
      {call.error !== null && <ProblemCard problem={problemFrom(call.error)} />}
      {call.data !== undefined && <Answer result={call.data} />}
    </>
  );
}
