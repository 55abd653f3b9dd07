// The gateway's own secrets: values of environment variables that are keys. They are replaced wherever text could
// leave: prompts, tool arguments, error messages, logs. The list is made once; secrets are never printed.

export type Redact = (text: string) => string;

const SECRET_NAME = /(_API_KEY|_KEY|_TOKEN|_SECRET|_PASSWORD)$/;
/** Anything shorter would be found in ordinary prose. */
const SHORTEST_SECRET = 8;

/** Whether some bytes hold a secret. */
export type SecretsIn = (bytes: Buffer) => boolean;

type Environment = Readonly<Record<string, string | undefined>>;

/** Redacts the values of the named variables and of all whose name says that they are secret. */
export function createRedact(environment: Environment, named: readonly string[]): Redact {
  const values = secretsOf(environment, named);
  return (text) => values.reduce((redacted, value) => redacted.replaceAll(value, '[redacted]'), text);
}

export function createSecretsIn(environment: Environment, named: readonly string[]): SecretsIn {
  const values = secretsOf(environment, named).map((value) => Buffer.from(value));
  return (bytes) => values.some((value) => bytes.includes(value));
}

function secretsOf(environment: Environment, named: readonly string[]): readonly string[] {
  return (
    Object.entries(environment)
      .filter(
        ([name, value]) => (SECRET_NAME.test(name) || named.includes(name)) && (value?.trim().length ?? 0) >= SHORTEST_SECRET,
      )
      .map(([, value]) => value?.trim() ?? '')
      // Longest first: a secret that contains another must go as a whole.
      .toSorted((left, right) => right.length - left.length || (left < right ? -1 : 1))
  );
}
