/** Folders that a text may name, absolute. */
interface KnownFolders {
  /** Of the program itself: told as `<program>`, so that a place in its code stays. */
  program: string
  /** Of its own data: told as `<data>`. */
  data: string
  /** Of the user: told as `~`, and nothing of what is below it. */
  home: string
}

/** A path ends where text goes on: at a quote, a bracket, a colon, a comma or the end of the line. */
const pathRest = '[^\\n"\'“”「」()<>:,;|]*'
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Makes the function that takes out of a text what says something about a person: names of files in anybody's home,
 * and what stands behind the `?` of an address, which is where queries are.
 */
export function impersonalText({ program, data, home }: KnownFolders): (text: string) => string {
  const known: [string, string][] = [
    [program, '<program>'],
    [data, '<data>'],
  ]
  const folders = known.filter(([folder]) => folder.length > 1).sort(([one], [other]) => other.length - one.length)
  const ownHome = home.length > 1 ? new RegExp(`${escaped(home)}(?:[\\\\/]${pathRest})?(?![\\w-])`, 'g') : undefined
  const anyHome = new RegExp(`(?:/home/|/Users/|\\b[A-Za-z]:[\\\\/]Users[\\\\/])${pathRest}`, 'g')
  return (text) => {
    let left = text.replace(/\b((?:app|archive|banmian|file):\/\/[^\s?"')]*)\?[^\s"')]*/g, '$1?…')
    for (const [folder, name] of folders) left = left.replaceAll(folder, name)
    if (ownHome) left = left.replace(ownHome, '~')
    return left.replace(anyHome, '~')
  }
}
