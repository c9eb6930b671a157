/** What the help shows, each in a picture. */
export type HelpStep = 'day' | 'tap' | 'pinch' | 'swipe' | 'search' | 'take'
