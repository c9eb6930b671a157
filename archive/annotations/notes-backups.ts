import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import type { NotesDatabase } from './notes-database.ts'
import { operationsIn } from './notes-database.ts'
import type { Operation } from './notes-operations.ts'

/**
 * Two more copies of every word: dated backups of the whole file, and beside them a journal, one line of JSON an
 * operation, from each backup to the next. A backup and the journals after it give back everything.
 */
export interface BackupFile {
  path: string
  /** ISO time. */
  at: string
  /** Operations it holds. */
  operations: number
}

const kept = { newest: 5, months: 12 }

/** The backups in a folder, newest first. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  const found = readdirSync(folder).flatMap((name): BackupFile[] => {
    const match = /^notes-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z-(\d+)\.sqlite$/.exec(name)
    if (!match) return []
    const at = `${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`
    return [{ path: join(folder, name), at, operations: Number(match[5]) }]
  })
  return found.sort((one, other) => other.operations - one.operations || other.at.localeCompare(one.at))
}

/** Writes a backup, begins a new journal and takes away what is older than is kept. `at`: ISO time. */
export function writeBackup(database: NotesDatabase, folder: string, at: string): BackupFile {
  mkdirSync(folder, { recursive: true })
  const operations = operationsIn(database)
  const stamp = at.slice(0, 19).replaceAll(':', '')
  const path = join(folder, `notes-${stamp}Z-${operations}.sqlite`)
  const beside = `${path}.tmp`
  rmSync(beside, { force: true })
  try {
    database.prepare('VACUUM INTO ?').run(beside)
    syncFile(beside)
    renameSync(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
  dropOld(folder)
  return { path, at, operations }
}

function dropOld(folder: string): void {
  const backups = listBackups(folder)
  const months = new Set<string>()
  const stays = backups.filter((backup, index) => {
    const month = backup.at.slice(0, 7)
    const isFirstOfMonth = !months.has(month) && months.size < kept.months
    months.add(month)
    return index < kept.newest || isFirstOfMonth
  })
  for (const backup of backups) if (!stays.includes(backup)) rmSync(backup.path, { force: true })
  const oldest = backups[Math.min(kept.newest, backups.length) - 1]
  for (const journal of listJournals(folder)) {
    const next = listJournals(folder).find((other) => other.from > journal.from)
    if (oldest && next && next.from <= oldest.operations) rmSync(journal.path, { force: true })
  }
}

interface Journal {
  path: string
  /** Operations that came before its first line. */
  from: number
}

function listJournals(folder: string): Journal[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name): Journal[] => {
      const match = /^changes-(\d+)\.jsonl$/.exec(name)
      return match ? [{ path: join(folder, name), from: Number(match[1]) }] : []
    })
    .sort((one, other) => one.from - other.from)
}

/** Adds an operation to the journal that goes on from the newest backup; on the disk when it returns. */
export function journalOperation(folder: string, from: number, operation: Operation): void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `changes-${from}.jsonl`)
  appendFileSync(path, `${JSON.stringify(operation)}\n`)
  syncFile(path)
}

/** The operations after number `after`, in order, as far as they follow each other without a gap. */
export function journalledAfter(folder: string, after: number): Operation[] {
  const operations = new Map<number, Operation>()
  for (const { path } of listJournals(folder)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const operation = readLine(line)
      if (operation && operation.n > after) operations.set(operation.n, operation)
    }
  }
  const found: Operation[] = []
  for (let next = operations.get(after + 1); next; next = operations.get(next.n + 1)) found.push(next)
  return found
}

/** A line cut off by a power cut is no operation: it had not been answered as saved. */
function readLine(line: string): Operation | undefined {
  try {
    const value = JSON.parse(line) as Operation
    return typeof value.n === 'number' ? value : undefined
  } catch {
    return undefined
  }
}

/** Puts a backup where the database was. */
export function copyBackup(backup: BackupFile, file: string): void {
  const beside = `${file}.restoring`
  copyFileSync(backup.path, beside)
  syncFile(beside)
  renameSync(beside, file)
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
