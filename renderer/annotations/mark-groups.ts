import type { NoteColour, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { boxesOn, markPath } from './mark-geometry.ts'

export type MarkLook = 'area' | 'line' | 'text' | 'about' | 'lost'

export interface MarkGroup {
  key: string
  colour: NoteColour
  look: MarkLook
  path: string
}

/** The marks of a page by colour and look: thousands of them are a handful of paths, which are drawn at once. */
export function markGroups(notes: readonly PlacedNote[], page: string): MarkGroup[] {
  const groups = new Map<string, MarkGroup>()
  for (const note of notes) {
    const path = markPath(note, page)
    if (path === '') continue
    const look = lookOf(note, page)
    const key = `${note.colour}-${look}`
    const group = groups.get(key) ?? { key, colour: note.colour, look, path: '' }
    group.path += path
    groups.set(key, group)
  }
  return [...groups.values()]
}

export function lookOf(note: PlacedNote, page: string): MarkLook {
  if (note.lost) return 'lost'
  if (note.shape) return note.shape.kind === 'freehand' ? 'line' : 'area'
  return note.level === 'text' && boxesOn(note, page).some((box) => box.precision === 'word') ? 'text' : 'about'
}
