/** The page's own style. Colours are told twice, for a light and a dark screen; paper is always light. */
const light = `
  --page: #f5f6f8; --card: #ffffff; --ink: #1a1f26; --dim: #535d69; --rule: #d9dee4; --tick: #e7eaee; --link: #0a58a8;
  --life: #6f9fd0; --ahead: #cfe0f1; --overlap: #b98bd1; --now: #c2410c;
  --born: #3c6c9f; --used: #17803d; --due: #94600a; --expires: #b42318;
  --bad-back: #fdebe9; --bad: #8f1c14; --soon-back: #fdf2d8; --soon: #6b4600; --fine-back: #e9eef4; --fine: #37424e;`;

const dark = `
  --page: #0e1217; --card: #161b22; --ink: #e7eaee; --dim: #a4aeb9; --rule: #2c343e; --tick: #222931; --link: #84bcff;
  --life: #447ab3; --ahead: #23405e; --overlap: #8a60a6; --now: #ff9a62;
  --born: #9cc7f5; --used: #6ed08d; --due: #f0b54f; --expires: #ff8d83;
  --bad-back: #3b1a17; --bad: #ffb6ae; --soon-back: #33270d; --soon: #ffd98c; --fine-back: #232b35; --fine: #c3ccd6;`;

export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
header, main { max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
main { padding-bottom: 3rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.16.5rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.25rem 0; }
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--link); }
header p, .advice, .who p, dt, dd, .legend, #count { color: var(--dim); }
h3, p, li, a, code, dd { overflow-wrap: anywhere; }
code { font: 0.8rem ui-monospace, monospace; }
.who code { font-size: 0.75rem; }
.line { display: block; }
.groups { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); align-items: start; }
.group { padding: 0.75rem 1rem; border-radius: 0.5rem; border: 1px solid var(--rule); border-left: 0.3rem solid var(--soon); background: var(--card); }
.group.bad { border-left-color: var(--bad); }
section.group { margin-top: 1.5rem; }
section.group h2 { margin-top: 0; }
.group h3, .group h2 { color: var(--soon); }
.group.bad h3, .group.bad h2 { color: var(--bad); }
.groups ul { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; }
summary { cursor: pointer; color: var(--link); padding: 0.25rem 0; }
#filters { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-bottom: 1rem; }
#filters label { display: grid; gap: 0.2rem; font-size: 0.85rem; color: var(--dim); }
#filters input, #filters select, #filters button { font: inherit; font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid var(--dim); border-radius: 0.35rem; padding: 0.35rem 0.5rem; min-height: 2.25rem; max-width: 16rem; }
#filters button { cursor: pointer; }
#count { margin: 0 0 0.4rem; font-size: 0.9rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; margin-bottom: 0.5rem; font-size: 0.85rem; }
.legend li { display: flex; gap: 0.3rem; align-items: center; }
svg { display: block; flex: none; }
svg svg { overflow: visible; }
.track, .axis { width: 100%; }
.axis text { fill: var(--dim); font-size: 12px; }
.axis-of { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--rule); }
.key, .axis-of { padding: 0 0.9rem; }
.key { padding-block: 0.7rem; background: var(--card); border: 1px solid var(--rule); border-top-width: 0; scroll-margin-top: 2rem; }
.key:target { box-shadow: inset 0.3rem 0 var(--link); }
.who p { margin: 0; font-size: 0.87rem; }
.who .held { color: var(--ink); }
dl { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: 0.16.5rem 0 0; font-size: 0.82rem; }
dl div { display: flex; gap: 0.3rem; flex-wrap: wrap; }
dt::after { content: ":"; }
dd { margin: 0; }
dd time { color: var(--ink); font-variant-numeric: tabular-nums; }
.states { display: flex; flex-wrap: wrap; gap: 0.3rem; align-content: start; margin: 0.16.5rem 0 0.3rem; }
.states li { padding: 0.05rem 0.5rem; border-radius: 1rem; font-size: 0.82rem; height: max-content; }
.states .bad { background: var(--bad-back); color: var(--bad); font-weight: 600; }
.states .soon { background: var(--soon-back); color: var(--soon); }
.states .fine { background: var(--fine-back); color: var(--fine); }
.tick { stroke: var(--tick); }
.now { stroke: var(--now); stroke-width: 1.5; fill: none; }
.life { fill: var(--life); } .ahead { fill: var(--ahead); } .overlap { fill: var(--overlap); }
.born { stroke: var(--born); stroke-width: 3; } .renewed { fill: var(--born); }
.used { fill: var(--card); stroke: var(--used); stroke-width: 2.5; }
.due { fill: var(--card); stroke: var(--due); stroke-width: 2.5; } .overdue { fill: var(--due); }
.expires { stroke: var(--expires); stroke-width: 2.5; fill: none; }
@media (min-width: 40rem) {
  .key { display: grid; grid-template-columns: 16.5rem minmax(0, 1fr); grid-template-rows: auto 1fr; gap: 0 1.25rem; }
  .life-of { grid-area: 1 / 2 / span 2; }
  .axis-of { padding-left: calc(16.5rem + 2.16.5rem); }
}
@media (min-width: 60rem) {
  .key { grid-template-columns: 17.5rem minmax(0, 1fr) 9.5rem; grid-template-rows: auto; }
  .life-of { grid-area: 1 / 2; }
  .states { grid-area: 1 / 3; }
  .axis-of { padding-left: calc(17.5rem + 2.16.5rem); padding-right: calc(9.5rem + 2.16.5rem); }
}
@media print {
  :root { color-scheme: light; ${light} --page: #ffffff; }
  body { font-size: 10pt; }
  #filters, summary { display: none !important; }
  details::details-content { display: block; content-visibility: visible; }
  .axis-of { position: static; }
  .key, .group { break-inside: avoid; }
  h2, .legend { break-after: avoid; }
  .states li { border: 1px solid currentcolor; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
`;
