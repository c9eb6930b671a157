declare module 'citeproc' {
  export class Engine {
    constructor(
      sys: { retrieveLocale: (language: string) => string; retrieveItem: (id: string) => unknown },
      style: string,
      language?: string,
      forceLanguage?: boolean,
    )
    setOutputFormat(format: 'text' | 'html' | 'rtf'): void
    updateItems(ids: string[]): void
    makeBibliography(): [{ entry_ids: string[][]; bibstart: string }, string[]] | false
  }
  const CSL: { Engine: typeof Engine }
  export default CSL
}
