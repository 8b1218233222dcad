"""How pages look, in light and in dark."""

STYLE = (
    """
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f3f5f7; --faint: #57606a;
  --link: #0a58ca }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a424c; --soft: #20262d; --faint: #a3adb8; --link: #79b8ff }
}
* { box-sizing: border-box }
body { max-width: 80rem; margin: 0 auto; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
a { color: var(--link) }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
h1 { margin: .5rem 0 1rem; overflow-wrap: anywhere }
h1 small { display: block; font-size: .9rem; font-weight: 600; color: var(--faint) }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem }
p { max-width: 48rem; overflow-wrap: anywhere; unicode-bidi: plaintext }
p.kept { white-space: pre-wrap }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1rem 0 }
dt { color: var(--faint) }
dd { margin: 0; overflow-wrap: anywhere }
div[role=region] { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px }
table { width: 100%; border-collapse: collapse; font-size: .925rem }
th, td { padding: .45rem .75rem; text-align: start; vertical-align: top; unicode-bidi: isolate }
thead th { background: var(--soft); white-space: nowrap }
tbody th { font-weight: inherit }
tbody tr { border-top: 1px solid var(--line) }
code { font: .9em ui-monospace, monospace; unicode-bidi: isolate }
dd code, td code { white-space: pre-wrap }
@media print { div[role=region] { overflow: visible } }
""".replace("\n", "")
    .replace("  ", " ")
    .strip()
)
