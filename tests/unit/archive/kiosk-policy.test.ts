import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ArchiveError } from '../../../archive/errors.ts'
import { pinHash, pinMatches } from '../../../archive/kiosk/pin-hash.ts'
import { chosenPolicy, machinePolicyFile } from '../../../archive/kiosk/policy-file.ts'
import { firstLanguage, parsePolicy } from '../../../archive/kiosk/policy.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const least = { version: 1, archives: ['/srv/papers'] }
const parse = (value: unknown) => parsePolicy(JSON.stringify(value), 'kiosk.json')
const reasonOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'bad-policy') return String(error.details['reason'])
    throw error
  }
  return 'accepted'
}

it('is narrow where nothing is said', () => {
  const policy = parse(least)
  expect(policy.allow).toEqual({ search: true, print: false, readAloud: true, takeHome: { qr: true, stick: false } })
  expect(policy).toMatchObject({ idleSeconds: 90, warningSeconds: 20, theme: 'light', printPages: 10 })
  expect(policy.pin).toBeUndefined()
  expect(firstLanguage(policy)).toBe('zh-Hans')
  expect(firstLanguage(parse({ ...least, languages: ['en', 'zh-Hant'] }))).toBe('en')
  expect(parsePolicy(`\uFEFF${JSON.stringify(least)}`, 'x').version).toBe(1)
})

it('says of every wrong entry which it is and what is wrong', () => {
  const wrong: [unknown, RegExp][] = [
    [{ ...least, version: 2 }, /^version: must be 1$/],
    [{ version: 1 }, /^archives: is missing$/],
    [{ ...least, archives: [] }, /^archives: must name at least one archive$/],
    [{ ...least, archives: ['papers'] }, /^archives\.0: must be an absolute path$/],
    [{ ...least, allow: { print: 'yes' } }, /^allow\.print: must be true or false$/],
    [{ ...least, allow: { exit: true } }, /^allow\.exit: is not a known entry$/],
    [{ ...least, idleSeconds: 0 }, /^idleSeconds: must be at least 2$/],
    [{ ...least, languages: ['fr'] }, /^languages\.0: must be one of zh-Hans, zh-Hant, en$/],
    [{ ...least, languages: ['en'], language: 'zh-Hans' }, /^language: must be one of languages$/],
    [{ ...least, pin: '1234' }, /^pin: is not a hash/],
    [{ ...least, allow: { takeHome: { stick: true } } }, /^stickFolder: must be given/],
    [{ ...least, idleSeconds: 'x', theme: 'pink' }, /theme: .*; idleSeconds: |idleSeconds: .*; theme: /],
    ['open', /^must be an object$/],
  ]
  for (const [value, reason] of wrong)
    expect(
      reasonOf(() => parse(value)),
      JSON.stringify(value),
    ).toMatch(reason)
  expect(reasonOf(() => parsePolicy('{"version":1', 'kiosk.json'))).toMatch(/^it is no JSON/)
})

it('knows a PIN by its hash, which is another each time', async () => {
  const [one, other] = [await pinHash('2468'), await pinHash('2468')]
  expect(one).not.toBe(other)
  expect(parse({ ...least, pin: one }).pin).toBe(one)
  expect(await pinMatches('2468', one)).toBe(true)
  expect(await pinMatches('2469', one)).toBe(false)
  expect(await pinMatches('2468', one.replace(/.=?$/, 'A='))).toBe(false)
  expect(await pinMatches('2468', 'plain')).toBe(false)
})

it("takes the machine's own policy, whatever the command line says", () => {
  const folder = temporaryFolder()
  const machine = join(folder, 'etc', 'kiosk.json')
  const given = join(folder, 'given.json')
  writeFileSync(given, JSON.stringify({ ...least, name: 'given' }))
  expect(chosenPolicy(['banmian', '/srv/papers'], folder, machine)).toBeUndefined()
  expect(chosenPolicy(['banmian', '--kiosk=given.json'], folder, machine)?.policy.name).toBe('given')
  expect(() => chosenPolicy(['banmian', '--kiosk'], folder, machine)).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  )
  mkdirSync(join(folder, 'etc'))
  writeFileSync(machine, JSON.stringify({ ...least, name: 'machine' }))
  for (const argv of [['banmian'], ['banmian', '--kiosk'], ['banmian', '--kiosk=given.json']])
    expect(chosenPolicy(argv, folder, machine)?.policy.name).toBe('machine')
})

it.skipIf(process.platform === 'win32')('refuses a policy that anybody can write', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'kiosk.json')
  writeFileSync(file, JSON.stringify(least))
  chmodSync(file, 0o666)
  expect(reasonOf(() => chosenPolicy([`--kiosk=${file}`], folder, join(folder, 'none')))).toMatch(
    /anybody can write it/,
  )
})

it('stands where only an administrator can write', () => {
  expect(machinePolicyFile('linux', {})).toBe('/etc/banmian/kiosk.json')
  expect(machinePolicyFile('darwin', {})).toBe('/Library/Application Support/Banmian/kiosk.json')
  expect(machinePolicyFile('win32', { ProgramData: 'D:\\Data' })).toContain('Banmian')
})
