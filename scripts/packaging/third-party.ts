import type { ShippedWork } from './shipped-works.ts'
import { standardText } from './standard-licences.ts'

/**
 * Works that come without the text of their licence, with the name of a work of the same authors whose text is theirs.
 */
function textOf({ name, licence, text }: ShippedWork, works: readonly ShippedWork[]): string {
  const family = works.find((other) => other.text && other.name !== name && name.startsWith(familyOf(other.name)))
  return text ?? family?.text ?? `${name} comes without the text of its licence. ${standardText(licence)}`
}

/** `@libsql/` for libsql, `@napi-rs/image-` for `@napi-rs/image`: where the binaries of a package are. */
const familyOf = (name: string): string => (name.startsWith('@') ? `${name}-` : `@${name}/`)

/** The full text of every licence, works with the same text together: a file that goes with the program. */
export function licenceTexts(works: readonly ShippedWork[]): string {
  const byText = new Map<string, string[]>()
  for (const work of works) {
    const text = textOf(work, works)
    byText.set(text, [...(byText.get(text) ?? []), `${work.name} ${work.version} (${work.licence})`])
  }
  const rule = '='.repeat(80)
  const parts = [...byText].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`)
  return `${head}\n\n${parts.join('\n')}`
}

const head = `Works of others in Banmian, each under its own licence, whose text follows.
Those of Electron and Chromium are in LICENSE.electron.txt and LICENSES.chromium.html beside this file.`

/** Docs/third-party.md: who made what is shipped, under which licence. */
export function thirdPartyPage(works: readonly ShippedWork[]): string {
  const licences = [...new Set(works.map(({ licence }) => licence))].sort()
  const namesOf = (licence: string): string =>
    works
      .filter((work) => work.licence === licence)
      .map(({ name, version, bundled }) => `- ${name} ${version}${bundled ? '' : ' (as a package)'}`)
      .join('\n')
  return `${pageHead}\n\n${licences.map((licence) => `## ${licence}\n\n${namesOf(licence)}`).join('\n\n')}\n`
}

const pageHead = `# Works of others in the packaged program

Made by \`npm run third-party\` from what the bundler took in and what the lock file says; \`npm test\` fails when it is not up to date, when a work has no licence or when its licence is none that allows this. The full texts are in
\`THIRD-PARTY-LICENSES.txt\` of the package, those of Electron and Chromium beside it; the bill of materials (CycloneDX) is \`sbom.cdx.json\`.

- **citeproc-js** (npm \`citeproc\`), © 2009–2019 Frank Bennett, <https://github.com/Juris-M/citeproc-js>. It is offered under the Common Public Attribution License 1.0 or the GNU AGPL 3, and used here, unchanged, under the
  **CPAL 1.0** (<https://opensource.org/license/cpal-1-0>). Its source is \`citeproc_commonjs.js\` of that npm package. Citations in Banmian are made by the citeproc-js citation processor.
- **@hyzyla/pdfium** contains PDFium (BSD-3-Clause and Apache-2.0, © The PDFium Authors) compiled to WebAssembly; **libsql** contains SQLite (public domain); **tesseract.js-core** contains Tesseract and Leptonica (Apache-2.0 and BSD-2-Clause).
- **@pinyin-pro/data** contains the words and counts of jieba (MIT, © Sun Junyi) with readings by pinyin-pro (MIT, © zh-lx); what is shipped is a shortened list of them.

The CSL styles and locales are Banmian’s own.`
