// The little page that asks for a key where one is needed: a plain form, without script.

export function signInPage(problem: string | undefined): string {
  const said = problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shoal: sign in</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 26rem; margin: 15vh auto; padding: 0 1rem }
input, button { font: inherit; width: 100%; padding: .5rem; margin: .25rem 0 1rem; box-sizing: border-box }
[role=alert] { border-inline-start: 4px solid crimson; padding-inline-start: .75rem }
</style>
</head>
<body>
<main>
<h1>Shoal</h1>
${said}
<form method="post" action="/api/v1/session">
<label for="key">Your key</label>
<input id="key" name="key" type="password" autocomplete="current-password" placeholder="sk-shoal-…" required autofocus>
<button>Sign in</button>
</form>
<p>An administrator makes keys: <code>npx shoal keys create</code></p>
</main>
</body>
</html>
`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
