// The report's own style sheet: one column to read, figures that follow light, dark and paper, nothing fetched.

export const STYLE = `
:root { color-scheme: light dark;
  --ink: light-dark(#1c2430, #e6eaf0); --muted: light-dark(#5c6672, #9aa6b4); --rule: light-dark(#dfe3e8, #333c48);
  --paper: light-dark(#fdfcfa, #12161c); --card: light-dark(#ffffff, #1a2029); --accent: light-dark(#17618f, #7cc0ea);
  --simulated: light-dark(#7a4f9a, #c3a1e0); --document: light-dark(#3f7d4e, #8fcb9c); --caution: light-dark(#8a5a00, #e0b35c);
  --figure-ink: var(--ink); --figure-muted: var(--muted); --figure-rule: var(--rule); --figure-paper: var(--card);
  --figure-support: light-dark(#17618f, #6fb4e0); --figure-oppose: light-dark(#b8502b, #ea8e66); --figure-undecided: light-dark(#b9c0c9, #5a6573);
  --figure-accent: var(--figure-support); --figure-news: var(--caution);
  --figure-series-a: var(--figure-support); --figure-series-b: var(--figure-oppose); --figure-series-c: light-dark(#3f7d4e, #8fcb9c);
  --figure-series-d: light-dark(#7a4f9a, #c3a1e0); --figure-series-e: light-dark(#8a6a00, #dcbf5c); --figure-series-f: var(--muted);
  --figure-series-g: light-dark(#a03a64, #e792b4); --figure-series-h: light-dark(#2f7f86, #7fcfd6);
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', Georgia, serif;
  --sans: ui-sans-serif, system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', Arial, sans-serif; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.62 var(--serif); text-rendering: optimizeLegibility; overflow-wrap: break-word; }
main { max-width: 46rem; margin: 0 auto; padding: 3.5rem 1.5rem 6rem; }
header p, .label, nav, figcaption, table, dl, footer, .place, .kind { font-family: var(--sans); }
h1 { font-size: clamp(1.9rem, 5vw, 2.6rem); line-height: 1.12; letter-spacing: -0.015em; margin: 0 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.5rem; line-height: 1.2; letter-spacing: -0.01em; margin: 3.4rem 0 .9rem; padding-top: 1.1rem; border-top: 1px solid var(--rule); text-wrap: balance; }
p { margin: 0 0 1rem; text-wrap: pretty; hanging-punctuation: first; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.dek { color: var(--muted); font-size: .92rem; line-height: 1.5; margin-bottom: 1.8rem; }
.answer { background: var(--card); border: 1px solid var(--rule); border-radius: 14px; padding: 1.4rem 1.6rem 1.2rem; margin: 0 0 1.1rem; box-shadow: 0 1px 2px #0000000d; }
.answer .question { font: italic 1.06rem/1.4 var(--serif); color: var(--muted); margin: 0 0 .5rem; }
.answer .verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.1rem; margin: 0 0 .45rem; font: 600 1.85rem/1.15 var(--serif); letter-spacing: -0.01em; }
.answer .verdict span { font: 500 1rem/1.3 var(--sans); letter-spacing: 0; color: var(--accent); }
.answer .label { font-size: .86rem; line-height: 1.5; color: var(--muted); margin: 0; }
nav { font-size: .88rem; margin: 1.9rem 0 0; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; margin: 0; padding: 0; }
.kind-method { color: var(--muted); }
ul.cautions { margin: 0 0 1rem; padding: 0; list-style: none; }
ul.cautions li { padding-left: 1.3rem; margin-bottom: .65rem; position: relative; }
ul.cautions li::before { content: ''; position: absolute; left: .15rem; top: .62em; width: .5rem; height: .5rem; border: 1.5px solid var(--caution); transform: rotate(45deg); }
blockquote { margin: 0 0 1rem; padding: .2rem 0 .2rem 1.15rem; border-left: 3px solid var(--simulated); }
blockquote.document { border-left-color: var(--document); }
blockquote .kind { display: block; font-size: .72rem; letter-spacing: .07em; text-transform: uppercase; color: var(--simulated); line-height: 1.6; }
blockquote.document .kind { color: var(--document); }
blockquote p { margin: 0; }
sup.notes { font: 500 .68em/0 var(--sans); white-space: nowrap; margin-left: .1em; }
sup.notes a { text-decoration: none; padding: 0 .08em; }
figure { margin: 1.9rem 0 2.2rem; background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 1.1rem 1.2rem .9rem; }
figure h3 { font: 600 .98rem/1.35 var(--sans); margin: 0 0 .7rem; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { font-size: .82rem; line-height: 1.5; color: var(--muted); margin-top: .6rem; }
details { font: .84rem/1.5 var(--sans); margin-top: .5rem; }
summary { cursor: pointer; color: var(--muted); }
.scroll { overflow-x: auto; max-height: 22rem; overflow-y: auto; margin-top: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .84rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: .2rem 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .34rem .7rem .34rem 0; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
td.number, th.number { text-align: right; }
.hash { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere; }
.evidence { padding: 0; margin: 0; list-style: none; counter-reset: evidence; font-size: .95rem; }
.evidence li { display: grid; grid-template-columns: 2.4rem 1fr; margin-bottom: .85rem; line-height: 1.5; }
.evidence li:target { background: light-dark(#fff4d6, #3a3017); box-shadow: 0 0 0 .4rem light-dark(#fff4d6, #3a3017); border-radius: 4px; }
.evidence .mark { font: 500 .8rem/1.9 var(--sans); color: var(--muted); font-variant-numeric: tabular-nums; }
.evidence .place { font-size: .8rem; color: var(--muted); }
.evidence .text { white-space: pre-line; }
footer { color: var(--muted); font-size: .84rem; margin-top: 3.5rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
@media print {
  :root { color-scheme: light; } @page { size: A4; margin: 18mm 18mm 20mm; }
  body { background: #fff; font-size: 10.5pt; } main { max-width: none; padding: 0; }
  nav, details { display: none; } h2 { break-after: avoid; margin-top: 2rem; } a { color: inherit; text-decoration: none; }
  figure, blockquote, .answer, .evidence li, tr { break-inside: avoid; } figure, .answer { box-shadow: none; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (max-width: 34rem) { main { padding: 2rem 1rem 4rem; } figure { padding: .8rem .7rem; } }
`.trim();
