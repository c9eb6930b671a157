/**
 * A message of an error, without what a visitor may have written: whatever is quoted, and whatever is not plain ASCII.
 * What a maintainer needs of it, the kind of error and its place in the program, stays.
 */
export function nameless(text: string): string {
  return text
    .replace(/(["'`“‘「『])[^"'`”’」』\n]*(["'`”’」』])/g, '$1…$2')
    .replace(/[?#][^\s)]*/g, '…')
    .replace(/[^\x20-\x7e\n…]+/g, '…')
}
