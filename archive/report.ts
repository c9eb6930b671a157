/** A report people print, send and sort: facts, and tables of what was found. Texts are in the reader's language. */
export interface Report {
  heading: string
  /** What it is about: a path or a name. */
  subject: string
  /** When it was made, ISO 8601 with time. */
  made: string
  /** Name and value. */
  facts: [string, string][]
  parts: ReportPart[]
}

export interface ReportPart {
  heading: string
  /** Said when there are no rows. */
  empty: string
  columns: string[]
  rows: (string | number)[][]
}

/** A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection). */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = startsFormula.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The report as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8; each part begins with its heading and
 * its columns. Text that a spreadsheet would take for a formula gets an apostrophe.
 */
export function reportCsv(report: Report): string {
  const lines = [[report.heading, report.subject, report.made], ...report.facts]
  for (const { heading, columns, rows } of report.parts) {
    if (rows.length > 0) lines.push([], [heading], columns, ...(rows as string[][]))
  }
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

function escape(value: string | number): string {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root{color-scheme:light dark;--ink:#1e1c19;--soft:#575149;--paper:#fbf8f2;--line:#e2dbcf;--accent:#b23a2b}
@media(prefers-color-scheme:dark){:root{--ink:#ede8df;--soft:#c0b8ab;--paper:#191816;--line:#37332e;--accent:#ec8675}}
body{max-width:64rem;margin:0 auto;padding:2.5rem 1.5rem;background:var(--paper);color:var(--ink);font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{margin:0;font:600 1.6rem/1.3 "Songti SC","Noto Serif CJK SC",Georgia,serif}
h2{margin:2.5rem 0 .5rem;font-size:1.05rem}
p{margin:.25rem 0;color:var(--soft);overflow-wrap:anywhere}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1.5rem 0;padding:1rem 0;border-block:1px solid var(--line)}
dt{color:var(--soft);font-size:.8rem}dd{margin:0;font-size:1.15rem;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th{text-align:start;font-size:.8rem;font-weight:600;color:var(--soft)}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:end;white-space:nowrap}
@media print{body{background:#fff;color:#000;padding:0}tr{break-inside:avoid}thead{display:table-header-group}}`

/** The report as one HTML file that loads and runs nothing, made to be read and printed. */
export function reportHtml(report: Report, language: string): string {
  const { heading, subject, made, facts, parts } = report
  const row = (cells: (string | number)[]): string =>
    `<tr>${cells.map((each) => `<td${typeof each === 'number' ? ' class="n"' : ''}>${escape(each)}</td>`).join('')}</tr>`
  const table = ({ columns, rows }: ReportPart): string => {
    const isNumber = columns.map((_, at) => typeof rows[0]?.[at] === 'number')
    const head = columns.map((column, at) => `<th${isNumber[at] ? ' class="n"' : ''}>${escape(column)}</th>`).join('')
    return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.map(row).join('\n')}\n</tbody></table>`
  }
  return `<!DOCTYPE html>
<html lang="${escape(language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${escape(heading)} · ${escape(subject)}</title>
<style>${style}</style></head><body>
<h1>${escape(heading)}</h1><p>${escape(subject)}</p><p>${escape(made)}</p>
<dl>${facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
${parts.map((part) => `<section><h2>${escape(part.heading)}</h2>${part.rows.length > 0 ? table(part) : `<p>${escape(part.empty)}</p>`}</section>`).join('\n')}
</body></html>
`
}
