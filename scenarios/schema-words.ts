// The scenario schema in words: which keys exist where, and what a value should look like. Read from the schema
// itself, so that messages cannot fall behind it.
import { z } from 'zod';
import { ScenarioSchema } from './contract.ts';
import type { KeyPath } from './problems.ts';

/** The few parts of JSON Schema that ours uses. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly additionalProperties?: Shape | false;
  readonly enum?: readonly string[];
  readonly const?: string;
  /** One shape per name, as `dynamics` has it. */
  readonly oneOf?: readonly Shape[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

let cached: Shape | undefined;
const root = (): Shape => (cached ??= z.toJSONSchema(ScenarioSchema, { io: 'input' }) as Shape);

/** The keys of a shape; of one that differs by name, those of all its forms, and the names. */
function propertiesOf({ properties, oneOf }: Shape): Readonly<Record<string, Shape>> | undefined {
  if (oneOf === undefined) return properties;
  const names = oneOf.flatMap((form) => form.properties?.['name']?.const ?? []);
  return { ...Object.assign({}, ...oneOf.map((form) => form.properties)), name: { enum: names } };
}

function shapeAt(path: KeyPath): Shape | undefined {
  return path.reduce<Shape | undefined>((shape, step) => {
    if (typeof step === 'number') return shape?.items;
    return shape === undefined ? undefined : (propertiesOf(shape)?.[step] ?? (shape.additionalProperties || undefined));
  }, root());
}

/** Names that may stand directly below `path`. */
export function keysAt(path: KeyPath): readonly string[] {
  return Object.keys(propertiesOf(shapeAt(path) ?? {}) ?? {});
}

/** Full paths of all keys of this name, e.g. `rounds` → `clock.rounds`; list positions are left out. */
export function pathsNamed(name: string, shape: Shape = root(), prefix = ''): readonly string[] {
  const below = Object.entries(propertiesOf(shape) ?? {}).flatMap(([key, child]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [...(key === name ? [path] : []), ...pathsNamed(name, child, path)];
  });
  return [...below, ...(shape.items === undefined ? [] : pathsNamed(name, shape.items, `${prefix}[]`))];
}

const span = (low: number | undefined, high: number | undefined): string => {
  if (low !== undefined && high !== undefined) return low === high ? ` ${low}` : ` ${low} to ${high}`;
  return low === undefined ? ` at most ${high}` : ` at least ${low}`;
};

const numberSpan = (shape: Shape): string => {
  const high = shape.maximum === Number.MAX_SAFE_INTEGER ? undefined : shape.maximum;
  if (shape.minimum === undefined && high === undefined) return '';
  return shape.minimum !== undefined && high !== undefined
    ? ` from ${shape.minimum} to ${high}`
    : ` of${span(shape.minimum, high)}`;
};

/** What a value at `path` should be, as a phrase after "expected". */
export function expectationAt(path: KeyPath): string {
  const shape = shapeAt(path);
  if (shape?.enum !== undefined) return `one of ${shape.enum.join(', ')}`;
  if (shape?.format === 'date-time') return 'a date and time with its offset, such as 2026-03-02T08:00:00Z';
  if (shape?.oneOf !== undefined) return `a group with ${keysAt(path).join(', ')}`;
  switch (shape?.type) {
    case 'integer':
      return `a whole number${numberSpan(shape)}`;
    case 'number':
      return `a number${numberSpan(shape)}`;
    case 'string': {
      const bounded = shape.minLength !== undefined || shape.maxLength !== undefined;
      return bounded ? `text of${span(shape.minLength, shape.maxLength)} characters` : 'text';
    }
    case 'array':
      return `a list of${span(shape.minItems ?? 0, shape.maxItems)} items`;
    case 'object': {
      const keys = keysAt(path);
      return keys.length === 0 ? 'a group of names with numbers' : `a group with ${keys.join(', ')}`;
    }
    default:
      return 'another value';
  }
}
