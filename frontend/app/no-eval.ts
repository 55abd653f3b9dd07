// Imported before everything else, and for its effect: zod decides while the first schema is made whether it may
// compile code from strings, and the server's content security policy forbids that.
import { config } from 'zod/v4/core';

config({ jitless: true });
