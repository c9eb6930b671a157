/** The declaration that makes a folder a bag (RFC 8493, 2.1.1). */
const declaration = /(?:^|\/)bagit\.txt$/
const tagFile = /^(?:bagit|bag-info|fetch|(?:tag)?manifest-[a-z\d]+)\.txt$/

/**
 * True for what describes a bag that was delivered, beside its `bagit.txt`: lists of checksums and notes on the transfer,
 * no text of a newspaper. What only is named like that elsewhere stays what it is.
 */
export function bagTags(files: readonly string[]): (file: string) => boolean {
  const bags = new Set(files.filter((file) => declaration.test(file)).map(folderOf))
  return (file) => bags.has(folderOf(file)) && tagFile.test(file.slice(folderOf(file).length))
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}
