// Imported before everything else, and for its effect: zod decides while the first schema is made whether it may
// compile code from strings, and the server's content security policy forbids that.
import { z } from 'zod';

z.config({ jitless: true });
