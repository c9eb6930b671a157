/** A quoted phrase or a title of a work that is short enough to stand on one line. */
const phrase = /(“[^“”]{1,6}”|「[^「」]{1,6}」|『[^『』]{1,6}』|《[^《》]{1,8}》)/

/**
 * A headline in runs: what is quoted in it stays on one line, so that no line ends within 一枝独秀. The texts of all runs
 * together are the headline.
 */
export function keptRuns(text: string): { text: string; kept: boolean }[] {
  return text
    .split(phrase)
    .map((run, index) => ({ text: run, kept: index % 2 === 1 }))
    .filter((run) => run.text !== '')
}
