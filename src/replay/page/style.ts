/** The page's one style sheet; every colour is named once for day and once for night. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #17202b; --soft: #5b6673; --rule: #e3e7ec; --shade: #f1f4f7;
  --controlled: #1f6feb; --tuned: #d97706; --found: #8b95a1; --price: #7c5cbf; --outdoor: #0e8aa0;
  --unit-0: #4f7cac; --unit-1: #7fb069; --unit-2: #b48ead; --unit-3: #e0a458; --unit-4: #c8553d; --unit-5: #6c757d; --unit-6: #2a9d8f; --unit-7: #9c6644;
  --comfort: #bfe8cd; --gain: #15803d; --loss: #c2410c; --dear: rgba(217, 70, 39, 0.10);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f141a; --card: #171e26; --ink: #e6ebf1; --soft: #97a3b0; --rule: #2a333d; --shade: #1c242d;
    --controlled: #5b9dff; --tuned: #f5a742; --found: #77828e; --price: #a78bfa; --outdoor: #45c1d6;
    --comfort: #1f5a3c; --gain: #4ade80; --loss: #fb923c; --dear: rgba(251, 113, 73, 0.16);
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
main { max-width: 1240px; margin: 0 auto; padding: 36px 28px 64px }
h1 { font-size: 27px; line-height: 1.25; margin: 6px 0 10px; letter-spacing: -0.01em; text-wrap: balance }
h2 { font-size: 17px; margin: 0 0 2px }
p { margin: 6px 0; max-width: 100ch; text-wrap: pretty }
small, .soft { color: var(--soft) }
small { font-size: 0.85em }
code { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 20px 24px; margin-top: 18px }
.eyebrow { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; color: var(--soft); font-size: 14px }
.badge { border: 1px solid var(--rule); border-radius: 99px; padding: 1px 10px; color: var(--soft); font-size: 13px; white-space: nowrap }
.badge.made { border-color: var(--tuned); color: var(--tuned) }
.verdict { border-left: 5px solid var(--soft) }
.verdict.good { border-left-color: var(--gain) }
.verdict.mixed { border-left-color: var(--tuned) }
.verdict.bad { border-left-color: var(--loss) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 14px; margin-top: 18px }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 14px 18px }
.tile .name { color: var(--soft); font-size: 14px }
.tile .big { font-size: 29px; font-weight: 650; letter-spacing: -0.02em; line-height: 1.3; font-variant-numeric: tabular-nums }
.tile .than { color: var(--soft); font-size: 13px }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 4px 0 6px; color: var(--soft); font-size: 13.5px }
.key i { display: inline-block; width: 20px; height: 0; border-top: 3px solid; margin-right: 7px; vertical-align: middle; border-radius: 2px }
.key i.area { height: 11px; border: 0; border-radius: 3px }
.chart { overflow-x: auto }
svg { display: block; width: 100%; min-width: 760px; height: auto; font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
.tick { fill: var(--soft); font-variant-numeric: tabular-nums }
.unit { fill: var(--ink); font-weight: 600 }
.note { fill: var(--loss); font-size: 12px }
.grid { stroke: var(--rule); stroke-width: 1 }
.zero { stroke: var(--soft); stroke-width: 1 }
.weekend { fill: var(--shade) }
.dearest { fill: var(--dear) }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
.price { fill: var(--price); stroke: none }
.spot { stroke: var(--price); stroke-width: 1.2 }
.unit-0 { fill: var(--unit-0) } .unit-1 { fill: var(--unit-1) } .unit-2 { fill: var(--unit-2) }
.unit-3 { fill: var(--unit-3) } .unit-4 { fill: var(--unit-4) } .unit-5 { fill: var(--unit-5) }
.unit-6 { fill: var(--unit-6) } .unit-7 { fill: var(--unit-7) }
.outdoor { stroke: var(--outdoor); stroke-width: 2 }
.as-found { stroke: var(--found); stroke-width: 1.5 }
.tuned-down { stroke: var(--tuned) }
.controlled { stroke: var(--controlled); stroke-width: 2.2 }
.equal-cut { stroke: var(--tuned); stroke-width: 1.8 }
.uncoordinated { stroke: var(--price); stroke-dasharray: 5 4 }
.cap { stroke: var(--loss); stroke-width: 1.6 }
.above-cap { fill: var(--loss); fill-opacity: 0.3 }
.moved-to { fill: var(--controlled); fill-opacity: 0.28 }
.moved-from { fill: var(--gain); fill-opacity: 0.28 }
.figure { fill: var(--ink); font-weight: 600 }
.comfort { fill: var(--comfort); fill-opacity: 0.55 }
.most-rooms { fill: var(--controlled); fill-opacity: 0.26 }
.mean-room { stroke: var(--controlled); stroke-width: 2.2 }
.extreme { stroke: var(--soft); stroke-width: 1; stroke-opacity: 0.85 }
.extreme.cold { stroke: var(--controlled) }
.pair { display: grid; grid-template-columns: 1fr; gap: 16px }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; margin-top: 10px; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: 6px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap }
th { color: var(--soft); font-weight: 500; font-size: 13.5px; vertical-align: bottom }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
tr:last-child td { border-bottom: 0 }
table.savings tr:last-child td { border-top: 2px solid var(--rule); font-weight: 600 }
table.runs td:last-child { font-weight: 600 }
table.lives td, table.lives th, table.orders td, table.orders th { padding: 6px 7px }
table.lives th { white-space: normal }
.gain { color: var(--gain) }
.loss { color: var(--loss) }
details summary { cursor: pointer; font-size: 17px; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 22px; margin: 10px 0 0 }
dt { color: var(--soft) }
dd { margin: 0 }
@media (max-width: 640px) { main { padding: 20px 14px 40px } .card { padding: 16px } dl { grid-template-columns: 1fr } dd { margin-bottom: 8px } }
@media print { body { background: none } .card, .tile { break-inside: avoid } }
`
