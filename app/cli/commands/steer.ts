// `shoal pause`, `stop`, `step` and `inject`: moving a run, wherever it lives.
import { InjectRequest, StepRequest } from '#api/contract';
import type { CommandContext } from '../command-context.ts';
import { checked } from '../checked.ts';
import { withSystem } from '../with-system.ts';

export async function pause(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  const view = await withSystem(context, ({ runs }) => runs.pause(id));
  context.output.result(view, `${id} ${view.status}`);
}

export async function stop(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  const view = await withSystem(context, ({ runs }) => runs.stop(id));
  context.output.result(view, `${id} ${view.status}`);
}

export async function step(context: CommandContext, _options: unknown, id = '', count = '1'): Promise<void> {
  const { rounds } = checked(StepRequest, { rounds: Number(count) });
  const view = await withSystem(context, ({ runs }) => runs.step(id, rounds));
  context.output.result(view, `${id} ${view.status} after ${view.roundsDone} of ${view.rounds} rounds`);
}

export interface NewsOptions {
  readonly issue?: number;
  readonly stance?: number;
  readonly reach?: number;
}

/** What was said on the command line as one intervention; it leans to neither side unless told. */
export const newsOf = (text: string, { issue, stance = 0, reach }: NewsOptions): InjectRequest =>
  checked(InjectRequest, {
    text,
    stance,
    ...(issue === undefined ? {} : { issue }),
    ...(reach === undefined ? {} : { reach }),
  });

export async function inject(context: CommandContext, options: NewsOptions, id = '', text = ''): Promise<void> {
  const news = newsOf(text, options);
  const round = await withSystem(context, ({ runs }) => runs.inject(id, news));
  context.output.result({ runId: id, round, ...news }, `${id}: it happens in round ${round}`);
}
