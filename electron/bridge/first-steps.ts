/** What somebody who is new does on the sample archive, in the order in which it is proposed. */
export const firstStepNames = ['turn', 'zoom', 'article', 'search', 'note'] as const

export type FirstStep = (typeof firstStepNames)[number]

/** How far somebody is with them. */
export interface FirstSteps {
  /** Not begun; proposed on the sample archive; done or dismissed, for ever. */
  state: 'waiting' | 'shown' | 'over'
  done: FirstStep[]
}
