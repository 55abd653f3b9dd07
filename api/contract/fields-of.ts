// Views of what another room's contract describes: the compiler sees to it that they have the same fields. A field that is
// added there has to be added here, or left out by name.
import type { z } from 'zod';

export type FieldsOf<Described> = { readonly [Name in keyof Required<Described>]: z.ZodType };
