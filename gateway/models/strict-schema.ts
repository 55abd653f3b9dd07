// OpenAI's strict mode wants every object closed and every property required. A schema that can be put so without
// changing what it means is; one with optional properties or free keys is sent as it stands, unenforced.

type Json = Readonly<Record<string, unknown>>;

/** The schema with its objects closed; undefined where strict mode could not express it. */
export function strictSchema(schema: Json): Json | undefined {
  const closed = close(schema);
  return closed === undefined ? undefined : (closed as Json);
}

function close(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(close);
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Json;
  if (schema['type'] === 'object' && !isClosable(schema)) return undefined;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(schema)) {
    const closed = close(member);
    if (closed === undefined) return undefined;
    members.push([key, closed]);
  }
  if (schema['type'] === 'object') members.push(['additionalProperties', false]);
  return Object.fromEntries(members);
}

function isClosable(schema: Json): boolean {
  const properties = schema['properties'];
  const required = schema['required'];
  const open = schema['additionalProperties'];
  if (typeof properties !== 'object' || properties === null || (open !== undefined && open !== false)) return false;
  return Array.isArray(required) && Object.keys(properties).every((name) => required.includes(name));
}
