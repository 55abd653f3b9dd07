// Names and options of the commands that govern: keys, teams, users, audit, configuration, models, tools.
import type { Command } from 'commander';
import type { CommandTools } from './command-context.ts';

interface Tools extends CommandTools {
  readonly amount: (name: string) => (text: string) => number;
}

export function governanceCommands(program: Command, tools: Tools): void {
  keyCommands(program.command('keys').description('virtual keys, teams and users'), tools);
  auditCommands(program.command('audit').description('the chain of administrative acts'), tools);
  configCommands(program.command('config').description('config.yaml, and what a running server has of it'), tools);
  modelCommands(program.command('models').description('which models there are, what they cost, how they are doing'), tools);
  toolCommands(program.command('tools').description('tool servers, their tools, and definitions that wait for approval'), tools);
}

const keyActions = async () => import('./commands/keys.ts');
const auditActions = async () => import('./commands/audit.ts');
const configActions = async () => import('./commands/config.ts');
const modelActions = async () => import('./commands/models.ts');
const toolActions = async () => import('./commands/tools.ts');

function keyCommands(keys: Command, tools: Tools): void {
  const { withAction, amount } = tools;
  const create = keys
    .command('create')
    .description('make a key; its secret is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'admin, operate, read, invoke (comma-separated)', 'invoke')
    .option('--team <team>', 'its team')
    .option('--user <user>', 'its user')
    .option('--limit <usd>', 'hard limit of its own budget', amount('--limit'))
    .option('--expires <time>', 'when it ends: 90d, 12h, or a date such as 2030-01-31')
    .option('--allow-unpriced', 'it may call models whose price nobody knows');
  withAction(narrowing(create, tools), async () => (await keyActions()).createKey);
  withAction(keys.command('list').description('all keys'), async () => (await keyActions()).listKeys);
  withAction(keys.command('show <id>').description('one key'), async () => (await keyActions()).showKey);
  withAction(
    keys
      .command('rotate <id>')
      .description('a new secret, shown this once')
      .option('--grace <hours>', 'how long the old secret is still taken', amount('--grace'), 24),
    async () => (await keyActions()).rotateKey,
  );
  withAction(
    keys.command('disable <id>').description('refuse it until it is enabled'),
    async () => (await keyActions()).disableKey,
  );
  withAction(keys.command('enable <id>').description('take it again'), async () => (await keyActions()).enableKey);
  withAction(keys.command('delete <id>').description('remove it for good'), async () => (await keyActions()).deleteKey);
  holderCommands(keys.command('teams').description('teams, which narrow their keys'), 'team', tools);
  holderCommands(keys.command('users').description('users, who narrow their keys'), 'user', tools);
}

function holderCommands(group: Command, kind: 'team' | 'user', tools: Tools): void {
  const { withAction, amount } = tools;
  withAction(group.command('list').description(`all ${kind}s`), async () => (await keyActions()).holderActions(kind).list);
  const set = group.command('set <name>').description(`make or replace a ${kind}`);
  if (kind === 'team') set.option('--limit <usd>', 'hard limit of its budget', amount('--limit'));
  withAction(narrowing(set, tools), async () => (await keyActions()).holderActions(kind).set);
  withAction(
    group.command('delete <name>').description(`remove a ${kind} that has no keys`),
    async () => (await keyActions()).holderActions(kind).remove,
  );
}

function narrowing(command: Command, { integer }: Tools): Command {
  return command
    .option('--models <list>', 'patterns such as openai/*, or group names (comma-separated; default: all)')
    .option('--requests-per-minute <n>', 'requests a minute', integer('--requests-per-minute', 1))
    .option('--tokens-per-minute <n>', 'tokens a minute', integer('--tokens-per-minute', 1))
    .option('--concurrency <n>', 'calls at once', integer('--concurrency', 1));
}

function auditCommands(audit: Command, { withAction, integer }: Tools): void {
  withAction(
    audit
      .command('list')
      .description('acts and what they changed, oldest first')
      .option('--newest', 'newest first')
      .option('--after <seq>', 'only later ones', integer('--after', 0), 0)
      .option('--limit <n>', 'how many', integer('--limit', 1), 100),
    async () => (await auditActions()).listAudit,
  );
  withAction(
    audit
      .command('verify')
      .description('walk the chain; says the first entry that is broken')
      .option('--head <seq:hash>', 'a head that was noted elsewhere and must be part of the chain'),
    async () => (await auditActions()).verifyAudit,
  );
  withAction(
    audit.command('export').description('the whole chain as JSON lines').requiredOption('-o, --out <file>', 'file to write'),
    async () => (await auditActions()).exportAudit,
  );
}

function configCommands(config: Command, { withAction }: Tools): void {
  withAction(
    config.command('show').description('every setting, secrets left out'),
    async () => (await configActions()).showConfig,
  );
  withAction(
    atServer(config.command('diff').description('what config.yaml would change in the running server')),
    async () => (await configActions()).diffRunning,
  );
  withAction(
    atServer(config.command('apply').description('show the changes and bring them into force')),
    async () => (await configActions()).applyToRunning,
  );
}

function modelCommands(models: Command, { withAction }: Tools): void {
  withAction(
    models
      .command('list')
      .description('models with their prices, and where those were read')
      .option('--available', 'only what can be called now'),
    async () => (await modelActions()).listModels,
  );
  withAction(
    atServer(models.command('health').description('how targets are doing that the running server has tried')),
    async () => (await modelActions()).showHealth,
  );
}

function toolCommands(group: Command, { withAction }: Tools): void {
  withAction(
    group.command('servers').description('tool servers, and how they are doing'),
    async () => (await toolActions()).listServers,
  );
  withAction(
    atEndpoint(group.command('list').description('tools, by the names that clients see')),
    async () => (await toolActions()).listTools,
  );
  withAction(
    atEndpoint(
      group.command('call <name>').description('call a tool').option('--args <json>', 'its arguments, a JSON object', '{}'),
    ),
    async () => (await toolActions()).callTool,
  );
  withAction(
    group
      .command('pins')
      .description('definitions as they were approved, and what changed since')
      .option('--server <name>', 'only of this server')
      .option('--waiting', 'only what waits for approval'),
    async () => (await toolActions()).listPins,
  );
  withAction(
    group
      .command('approve-definition <server> <kind> [name]')
      .description('approve what waits: kind is server, tool or prompt')
      .option('--hash <sha256>', 'approve only if it still is what was looked at'),
    async () => (await toolActions()).approveDefinition,
  );
}

function atEndpoint(command: Command): Command {
  return command.option('--endpoint <name>', 'what stands behind /mcp/: a server or a virtual server (default: all servers)', '');
}

function atServer(command: Command): Command {
  return command.option('--url <url>', 'the running server (default: SHOAL_HOST and SHOAL_PORT; its key: SHOAL_API_KEY)');
}
