import Database from 'libsql'

/** Makes, fills and reads a table in memory; answers the version of SQLite. Throws what the database throws. */
export function triedDatabase(): string {
  const database = new Database(':memory:')
  try {
    database.exec(`CREATE TABLE tried (word TEXT); INSERT INTO tried VALUES ('版面')`)
    const row = database.prepare('SELECT word, sqlite_version() AS version FROM tried').get() as {
      word: string
      version: string
    }
    if (row.word !== '版面') throw new Error(`the database gave back ${row.word}`)
    return row.version
  } finally {
    database.close()
  }
}
