import * as v from 'valibot'
import { expect, it } from 'vitest'
import type { Call } from '../../../electron/bridge/call.ts'
import { contract } from '../../../electron/bridge/contract.ts'
import { fromReply, toReply } from '../../../electron/bridge/reply.ts'
import { ArchiveError } from '../../../archive/errors.ts'

const calls = Object.entries(contract).flatMap(([group, methods]) =>
  Object.entries(methods as Record<string, Call<unknown, unknown>>).map(([method, call]) => ({
    name: `${group}.${method}`,
    call,
  })),
)

it('is the surface that was decided on', () => {
  expect(calls.map(({ name }) => name)).toMatchSnapshot()
})

it('refuses nonsense for every call that takes something, and extra fields', () => {
  const nonsense = [null, 1, 'x', { archive: '../../x' }, { __proto__: null, archive: 1 }, { token: 'x'.repeat(1000) }]
  for (const { name, call } of calls) {
    const takesNothing = v.safeParse(call.input, undefined).success
    for (const input of nonsense)
      expect(v.safeParse(call.input, input).success, `${name} ${JSON.stringify(input)}`).toBe(false)
    if (!takesNothing) expect(v.safeParse(call.input, {}).success, name).toBe(name === 'settings.change')
  }
  const open = contract.library.open.input
  expect(v.safeParse(open, { archive: '0123456789abcdef' }).success).toBe(true)
  expect(v.safeParse(open, { archive: '0123456789abcdef', path: '/etc' }).success).toBe(false)
})

it('rebuilds errors with their code on the far side and hides bugs', () => {
  const known = toReply(new ArchiveError('newer-format', { file: 'x', found: 9, known: 1 }))
  expect(() => fromReply(known)).toThrow(
    expect.objectContaining({ code: 'newer-format', details: { file: 'x', found: 9, known: 1 } }),
  )
  expect(toReply(new Error('secret path'))).toEqual({ ok: false, code: 'internal', details: {} })
  expect(fromReply({ ok: true, value: 3 })).toBe(3)
})
