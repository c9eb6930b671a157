/**
 * What is imported, behind three functions, so that a folder, a zip and a test are the same to a parser.
 * Paths use forward slashes, are relative to the source's root and never leave it.
 */
export interface Source {
  /** Name of the folder or file, for messages and for the place of the originals. */
  readonly name: string
  /** Every regular file, sorted; symbolic links and special files are left out and listed in `refused`. */
  readonly files: readonly string[]
  readonly refused: readonly string[]
  /** Bytes of a file. Throws ArchiveError `missing-file`, `unreadable-file`, `too-large`. */
  bytes(path: string): Promise<Uint8Array>
  /** Size in bytes, without reading it. */
  size(path: string): Promise<number>
  /** Absolute path on disk when there is one, so that large originals are copied without passing through memory. */
  diskPath(path: string): string | undefined
  /** Absolute path of the zip or WARC file that a file of a folder is packed in. */
  packedIn?(path: string): string | undefined
  close(): Promise<void>
}
