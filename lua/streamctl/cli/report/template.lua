-- The page of a report, in which `page.lua` puts its parts for words in double braces.

local PAGE = [[
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';
  base-uri 'none'; form-action 'none'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{{heading}}</title>
<style>
:root {
  color-scheme: light dark;
  --back: #fff; --text: #1f2328; --faint: #59636e; --edge: #d1d9e0;
  --ok: #1a7f37; --failed: #cf222e; --unknown: #bf8700; --superseded: #8250df; --unsent: #818b98;
  --link: #0969da;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --text: #f0f6fc; --faint: #9198a1; --edge: #3d444d;
    --ok: #3fb950; --failed: #f85149; --unknown: #d29922; --superseded: #ab7df8;
    --unsent: #6e7681; --link: #4493f8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
p { margin: .25rem 0; }
table + p { margin-top: 1rem; }
a { color: var(--link); }
code, td.item { font: .875em/1.5 ui-monospace, monospace; }
.faint { color: var(--faint); font-size: .875rem; }
.ok { --state: var(--ok); } .failed { --state: var(--failed); }
.unknown { --state: var(--unknown); } .unsent { --state: var(--unsent); }
.superseded { --state: var(--superseded); }

.outcome { display: flex; height: 1.5rem; margin-top: .75rem; }
.outcome i { min-width: 3px; background: var(--state); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
.mark { color: var(--state); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; }

table { width: 100%; border-collapse: collapse; }
th, td { padding: .375rem .75rem .375rem 0; text-align: left; vertical-align: baseline; }
th { color: var(--faint); font-size: .875rem; font-weight: 600; white-space: nowrap; }
td { border-top: 1px solid var(--edge); unicode-bidi: isolate; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.word { white-space: nowrap; }
footer { margin-top: 3rem; border-top: 1px solid var(--edge); padding-top: .75rem; }

@media (max-width: 45rem) {
  body { padding: 1rem; }
  table { display: block; overflow-x: auto; }
  td.wide { min-width: 16rem; }
}
</style>
</head>
<body>
<header>
<h1>{{heading}}</h1>
<p>{{path}}</p>
</header>
<main>
<div class="outcome">{{bar}}</div>
<ul class="legend">
{{legend}}</ul>
{{failures}}
<h2>The run</h2>
<dl>
{{overview}}
</dl>
{{tables}}
<h2>Items</h2>
<table>
<thead><tr><th>ITEM</th><th>STATE</th><th>WHY</th><th>REQUEST</th></tr></thead>
<tbody>
{{items}}
</tbody>
</table>
</main>
<footer class="faint">{{footer}}</footer>
</body>
</html>
]]

return PAGE
