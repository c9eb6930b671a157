/** Milliseconds that nobody can set back or forward; only differences mean something. */
export type Clock = () => number

export const monotonicClock: Clock = () => performance.now()
