const words = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu

/** How many words a text has: each Han character is one, and so is each run of other letters and digits. */
export function countWords(text: string): number {
  let count = 0
  for (const _ of text.matchAll(words)) count += 1
  return count
}
