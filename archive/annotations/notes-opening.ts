import { accessSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ArchiveError, fromWriteError, type Details, type ErrorCode } from '../errors.ts'
import { copyBackup, journalledAfter, listBackups, type BackupFile } from './notes-backups.ts'
import { notesFileName, openNotesDatabase, operationsIn, type NotesDatabase } from './notes-database.ts'
import { runOperation } from './notes-operations.ts'

/** What has to be said about the notes when they are opened. */
export interface NotesTrouble {
  code: ErrorCode
  details: Details
}

export interface OpenedNotes {
  database: NotesDatabase
  /** False: nothing can be saved in this folder; what is there can be read. */
  writable: boolean
  trouble?: NotesTrouble
}

const sideFiles = ['', '-wal', '-shm']

/**
 * Opens the notes in a folder. A damaged file is kept aside and the last good backup, with what the journal has beyond
 * it, takes its place: never an empty one where there was something, never without saying so.
 * Throws ArchiveError `newer-format`, `disk-full`, and what SQLite says.
 */
export function openNotesFolder(folder: string): OpenedNotes {
  const file = join(folder, notesFileName)
  if (!isWritable(folder)) return openCopy(folder)
  const backups = backupFolder(folder)
  rmSync(`${file}.restoring`, { force: true })
  if (!existsSync(file) && listBackups(backups).length > 0) return restored(folder, undefined)
  try {
    return { database: openNotesDatabase(file), writable: true }
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'damaged-document') throw error
    return restored(folder, keepAside(file))
  }
}

export const backupFolder = (folder: string): string => join(folder, 'backups')

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    const file = join(folder, notesFileName)
    if (existsSync(file)) accessSync(file, constants.W_OK)
    return true
  } catch (error) {
    const known = fromWriteError(error, folder)
    if (known instanceof ArchiveError && known.code === 'read-only') return false
    throw known
  }
}

/** Where nothing can be written, SQLite cannot even read a write-ahead log: what is there is read from a copy. */
function openCopy(folder: string): OpenedNotes {
  const copy = mkdtempSync(join(tmpdir(), 'banmian-notes-'))
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
  for (const suffix of sideFiles) {
    const from = join(folder, notesFileName + suffix)
    if (existsSync(from)) cpSync(from, join(copy, notesFileName + suffix))
  }
  const database = openNotesDatabase(join(copy, notesFileName))
  return { database, writable: false, trouble: { code: 'notes-read-only', details: { file: folder } } }
}

/** Moves the damaged file and its log out of the way; answers where it is now. */
function keepAside(file: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '')
  const aside = file.replace(/\.sqlite$/, `.damaged-${stamp}.sqlite`)
  for (const suffix of sideFiles) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  return aside
}

function restored(folder: string, aside: string | undefined): OpenedNotes {
  const file = join(folder, notesFileName)
  const backups = backupFolder(folder)
  const backup = firstGood(listBackups(backups), file)
  const database = openNotesDatabase(file)
  const operations = journalledAfter(backups, operationsIn(database))
  for (const operation of operations) runOperation(database, operation)
  const details = { file: aside ?? file, backup: backup?.at ?? '—', changes: operations.length }
  const code = backup || operations.length > 0 ? 'notes-restored' : 'notes-lost'
  return { database, writable: true, trouble: { code, details } }
}

function firstGood(backups: BackupFile[], file: string): BackupFile | undefined {
  for (const backup of backups) {
    for (const suffix of sideFiles) rmSync(file + suffix, { force: true })
    try {
      copyBackup(backup, file)
      openNotesDatabase(file).close()
      return backup
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code !== 'damaged-document') throw error
      for (const suffix of sideFiles) rmSync(file + suffix, { force: true })
    }
  }
  return undefined
}
