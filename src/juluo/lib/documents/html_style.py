"""The styles of the HTML face: on a screen, light and dark, and on paper."""

SCREEN = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6676; --line: #d8dde5; --head: #f3f5f8;
  --link: #1f5fa8; --paper: #fff; --good: #1a7f4b; --bad: #b3261e; --accent: ACCENT; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a5afbd; --line: #3a4350;
  --head: #222a35; --link: #8fbcf0; --paper: #151b23; --good: #6fd39c; --bad: #ff9d94;
  --accent: #8fbcf0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
  background: var(--paper); line-height: 1.65; font-family: -apple-system, "Segoe UI",
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Juluo Sans",
  sans-serif; }
a { color: var(--link); }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem;
  border-bottom: 2px solid var(--accent); }
h3 { font-size: 1.08rem; margin: 1.75rem 0 .4rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.logo { max-height: 4rem; max-width: 14rem; display: block; margin: 0 0 1rem; }
.subtitle { color: var(--soft); font-size: 1.1rem; margin: 0 0 1.25rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0;
  color: var(--soft); }
dl.facts dt { font-weight: 600; } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
nav ol { list-style: none; padding: 0; } nav ol ol { padding-left: 1.25rem; }
p, li, dd, td, th { overflow-wrap: break-word; }
figure { margin: 1.5rem 0; } figcaption, caption { color: var(--soft); font-size: .92rem; }
main { counter-reset: figure table; }
figure { counter-increment: figure; } caption { counter-increment: table; }
figcaption::before { content: "FIGURE " counter(figure) "\\2002"; }
caption::before { content: "TABLE " counter(table) "\\2002"; }
figure .chart { background: #fff; border-radius: 6px; overflow-x: auto; }
figure svg { width: 100%; min-width: 36rem; height: auto; display: block; }
figure img { width: 100%; }
.scroll { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: start; padding-bottom: .4rem; }
th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; }
tbody th { font-weight: 500; }
thead th, tfoot th, tfoot td { background: var(--head); font-weight: 600; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
ul.cards { list-style: none; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); }
ul.cards li { border: 1px solid var(--line); border-top: 3px solid var(--accent);
  border-radius: 6px; padding: .6rem .8rem; }
.cards .name { color: var(--soft); font-size: .92rem; }
.cards .value { font-size: 1.5rem; font-weight: 600; line-height: 1.3; }
.cards .change { font-size: .92rem; }
.good { color: var(--good); } .bad { color: var(--bad); }
.finding, .note { border-left: 4px solid var(--line); background: var(--head); border-radius: 6px;
  padding: .6rem 1rem; margin: 1rem 0; }
.finding p, .note p { margin: .25rem 0; }
.finding.is-good { border-left-color: var(--good); }
.finding.is-bad { border-left-color: var(--bad); }
.finding.is-neutral { border-left-color: var(--accent); }
.note .by, .finding .why { color: var(--soft); font-size: .92rem; }
sup { line-height: 0; font-size: .75em; } sup a { text-decoration: none; padding: 0 .15em; }
sup a:hover, sup a:focus { text-decoration: underline; }
summary { cursor: pointer; color: var(--soft); font-size: .92rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--head); padding: .75rem;
  font-size: .78rem; border-radius: 6px; }
footer { margin-top: 3rem; color: var(--soft); font-size: .92rem; }
@media print { body { max-width: none; padding: 0; } figure svg { min-width: 0; }
  .skip, details { display: none; } .scroll { overflow: visible; }
  figure, tr, table.short, .facts, .finding, .note, ul.cards li { break-inside: avoid; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  h2, h3, h4, caption, h2 + p, h3 + p { break-after: avoid; } }
"""

# The PDF face: pages with a head and numbers; contents with the page of each heading.
PAPER = """
@page { size: A4; margin: 2.2cm 2.2cm 2.4cm;
  @top-left { content: string(title); color: #5b6676; font-size: 8.5pt; }
  @bottom-left { content: FOOTLINE; color: #5b6676; font-size: 8pt; width: 70%; }
  @bottom-right { content: PAGES; color: #5b6676; font-size: 8.5pt; white-space: nowrap; } }
@page :first { @top-left { content: none; } @bottom-right { content: none; } }
:root { --ink: #1c2430; --soft: #5b6676; --line: #d8dde5; --head: #f3f5f8; --link: #1f5fa8;
  --paper: #fff; --good: #1a7f4b; --bad: #b3261e; --accent: ACCENT; }
html { font-size: 10pt; } body { font-family: FONTS; line-height: 1.55; }
h1 { string-set: title content(); font-size: 25pt; color: var(--accent); }
h2, h3, nav h2 { color: var(--accent); }
header { padding-top: 1cm; } .logo { max-height: 2cm; }
nav { break-after: page; } nav h2 { bookmark-level: none; }
nav a { color: var(--ink); text-decoration: none; }
nav a::after { content: leader('.') target-counter(attr(href), page); color: var(--soft); }
nav li { margin: .25rem 0; }
section.appendix { break-before: page; } section.appendix dl { font-size: 8.5pt; }
h4 { bookmark-level: none; }
/* A grid would take as long to lay out as all the rest. */
dl.facts { display: block; } dl.facts dt { float: left; clear: left; width: 9.5em; }
dl.facts dd { margin-left: 10em; }
ul.cards { grid-template-columns: repeat(4, 1fr); } .cards .value { font-size: 14pt; }
footer { display: none; }
"""
