// Numbers of events, as every section counts them.
import { z } from 'zod';

export const seq = z.int().min(0);
