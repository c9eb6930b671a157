import type { Reading } from '../archive/reading.ts'
import { isSearchWhole } from '../archive/search-upkeep.ts'
import { triedDatabase } from '../archive/tried-database.ts'

/** What the answering process found when it looked at itself. */
export interface AnswerCheck {
  /** Version of SQLite; it made, filled and read a table. */
  sqlite: string
  /** Of the archives that are open: whether the index holds every article. */
  archives: { archive: string; indexed: boolean; articles: number }[]
}

/** Tries the database, and compares each open archive's index with its catalogue. */
export async function answerCheck(readings: ReadonlyMap<string, { reading: Reading }>): Promise<AnswerCheck> {
  const archives: AnswerCheck['archives'] = []
  for (const [archive, { reading }] of readings) {
    const { count } = reading.database.prepare('SELECT COUNT(*) AS count FROM articles').get() as { count: number }
    const indexed = count === 0 || (await isSearchWhole(reading.database, reading.derived.search))
    archives.push({ archive, indexed, articles: count })
  }
  return { sqlite: triedDatabase(), archives }
}
