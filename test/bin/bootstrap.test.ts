import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let clone: string;

/** A clone without node_modules: what a newcomer has after `git clone`. */
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'shoal-clone-'));
  for (const path of ['bin', 'package.json', 'package-lock.json'])
    cpSync(join(root, path), join(clone, path), { recursive: true });
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const start = (environment: Readonly<Record<string, string>>): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, [join(clone, 'bin', 'bootstrap.js'), 'start'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });

describe('starting from a bare clone', () => {
  it('without a network says so and what to do, and leaves nothing half-installed', () => {
    const { status, stderr } = start({
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      npm_execpath: '',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/registry cannot be reached/);
    expect(stderr).toMatch(/run the same command again/);
    expect(existsSync(join(clone, 'node_modules', '.shoal-lock'))).toBe(false);
  });

  it('with a Node that is too old says which one is needed', () => {
    const script = join(clone, 'old-node.mjs');
    writeFileSync(
      script,
      `Object.defineProperty(process.versions, 'node', { value: '18.20.0' });
       const { bootstrap } = await import('./bin/bootstrap.js');
       await bootstrap('start', []);`,
    );
    const { status, stderr } = spawnSync(process.execPath, [script], { cwd: clone, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/Node 18\.20\.0 is too old.*20\.19/);
  });

  it('uses nothing but built-in modules', () => {
    for (const file of ['bootstrap.js', 'shoal.js']) {
      const imports = [...readFileSync(join(root, 'bin', file), 'utf8').matchAll(/^import [^'"]*from ['"]([^'"]+)['"]/gm)].map(
        (match) => match[1],
      );
      expect(imports.length).toBeGreaterThan(0);
      for (const name of imports) expect(name).toMatch(/^(node:|\.\/bootstrap\.js$)/);
    }
  });
});

describe('the lockfile', () => {
  it('names no download address, so that it works with any registry', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });

  it('pins every direct dependency exactly', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {}))
        expect(`${name}@${version}`).toMatch(/@\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/);
    }
  });
});

describe('once installed', () => {
  it('a command answers fast: no install, no build', () => {
    const began = performance.now();
    const version = execFileSync(process.execPath, [join(root, 'bin', 'shoal.js'), '--version'], { encoding: 'utf8' }).trim();
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
