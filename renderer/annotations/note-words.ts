import { useI18n } from 'vue-i18n'
import type { Note, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { useFormats } from '../shared/use-formats.ts'

/** Notes in words, for people and for screen readers. */
export function useNoteWords() {
  const { t } = useI18n()
  const formats = useFormats()

  /** The first words of a note: its comment, what it quotes, or what it stands on. */
  function title(note: Note, most = 80): string {
    const comment = note.comment.replace(/^\s*>|[#*_`[\]]/gm, '').trim()
    const correction =
      note.correction !== undefined && note.quote ? `${note.quote.exact} → ${note.correction || '∅'}` : ''
    const words = comment || correction || note.quote?.exact || note.place.article?.headline || note.place.titleName
    return words.length > most ? `${words.slice(0, most)}…` : words
  }

  /** Newspaper, date, page. */
  function place({ place: { titleName, date, page, edition, supplement } }: Note): string {
    const day = date === '' ? '' : formats.date(date)
    const label = page?.label ? t('shared.pageNumber', { label: page.label }) : ''
    const more = supplement ?? (edition > 1 ? t('annotations.edition', { n: edition }) : '')
    return [titleName, day, more, label, page?.name].filter(Boolean).join(' ')
  }

  /** Why a note may not stand where it was made; empty: it does. */
  function doubt(note: Note | PlacedNote): string {
    if ('lost' in note && note.lost) return t(`annotations.lost.${note.lost}`)
    return 'pictureChanged' in note && note.pictureChanged ? t('annotations.pictureChanged') : ''
  }

  function spoken(note: PlacedNote): string {
    const kind = t(`annotations.kinds.${note.kind}`)
    return [kind, title(note), note.tags.join(' '), doubt(note)].filter(Boolean).join(t('shared.comma'))
  }

  return { title, place, doubt, spoken }
}
