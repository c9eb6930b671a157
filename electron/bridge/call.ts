import * as v from 'valibot'

/** What every call of the border is made of. */

/** One call: `input` is checked before anything runs; `reply` exists for the types only. */
export interface Call<Input, Reply> {
  readonly input: v.GenericSchema<unknown, Input>
  readonly reply?: () => Reply
}

export const call =
  <Reply>() =>
  <Schema extends v.GenericSchema>(input: Schema): Call<v.InferOutput<Schema>, Reply> =>
    ({ input }) as unknown as Call<v.InferOutput<Schema>, Reply>

export const word = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest))
export const archive = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
export const isoDate = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
export const count = (highest: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highest))
export const nothing = v.optional(v.undefined())
export const issue = { title: word(120), date: isoDate, edition: count(999) }
