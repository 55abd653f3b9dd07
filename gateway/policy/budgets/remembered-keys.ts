// Callers' own keys for holds: the same key on the same node is the same hold. The newest ten thousand are remembered,
// and those whose holds are open. A new process knows none: its predecessor's open holds count as spent already.
const MOST = 10_000;

export interface RememberedKeys {
  find(node: string, key: string): string | undefined;
  add(node: string, key: string, hold: string): void;
}

const nameOf = (node: string, key: string): string => `${node}\n${key}`;

export function createRememberedKeys(isOpen: (hold: string) => boolean): RememberedKeys {
  const holds = new Map<string, string>();
  return {
    find: (node, key) => holds.get(nameOf(node, key)),
    add: (node, key, hold) => {
      holds.set(nameOf(node, key), hold);
      if (holds.size <= MOST) return;
      for (const [name, old] of holds) {
        if (holds.size <= MOST) break;
        if (!isOpen(old)) holds.delete(name);
      }
    },
  };
}
