// Opens Shoal for one command and closes it afterwards, whatever happens.
import { homeAt } from '../home.ts';
import { openSystem, type System } from '../system.ts';
import type { CommandContext } from './command-context.ts';

export async function withSystem<T>({ homeOption }: CommandContext, work: (system: System) => Promise<T> | T): Promise<T> {
  const system = openSystem(homeAt(homeOption, process.env), process.env);
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}
