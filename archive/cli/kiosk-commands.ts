import type { Command } from 'commander'
import { createInterface } from 'node:readline/promises'
import { resolve } from 'node:path'
import { openArchiveFolder } from '../archive-folder.ts'
import { ArchiveError } from '../errors.ts'
import { writeNewFile } from '../files.ts'
import { pinHash, pinShape } from '../kiosk/pin-hash.ts'
import { readPolicy } from '../kiosk/policy-file.ts'
import type { CommandContext } from './importing-command.ts'

/** The commands of whoever sets up a reading-room screen (docs/kiosk.en.md). */
export function addKioskCommands(program: Command, { terminal: open }: CommandContext): void {
  const kiosk = program.command('kiosk').description('set up a reading-room screen')
  kiosk
    .command('pin')
    .description('ask for a PIN of 4 to 12 digits, and print what the policy has of it')
    .option('--json', 'standard output is JSON alone')
    .action(async () => {
      const terminal = open()
      const pin = await askPin()
      const hash = await pinHash(pin)
      terminal.say(hash)
      terminal.result({ pin: hash })
    })
  kiosk
    .command('starter')
    .description('write a policy to start from; without a PIN nobody leaves by the screen')
    .argument('<file>')
    .argument('<archive...>')
    .option('--json', 'standard output is JSON alone')
    .action(async (file: string, archives: string[]) => {
      const terminal = open()
      const paths: string[] = []
      for (const archive of archives) paths.push((await openArchiveFolder(archive)).path)
      await writeNewFile(resolve(file), `${JSON.stringify(starter(paths), null, 2)}\n`)
      terminal.say(`${resolve(file)}: add a PIN (banmian kiosk pin), then: chown root: FILE; chmod 644 FILE`)
      terminal.result({ file: resolve(file) })
    })
  kiosk
    .command('check')
    .description('read a policy as the screen would, and open its archives')
    .argument('<file>')
    .option('--json', 'standard output is JSON alone')
    .action(async (file: string) => {
      const terminal = open()
      const policy = readPolicy(resolve(file))
      for (const archive of policy.archives) {
        const { declaration } = await openArchiveFolder(archive)
        terminal.say(`${archive}: ${declaration.name}`)
      }
      if (policy.pin === undefined) terminal.say('no PIN: nobody leaves by the screen')
      terminal.result({ file: resolve(file), pin: policy.pin !== undefined, archives: policy.archives })
    })
}

/** From a terminal or a pipe; never from the command line, where everybody could read it. */
async function askPin(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  const pin = (await lines.question('PIN (4-12 digits): ')).trim()
  lines.close()
  if (!pinShape.test(pin)) throw new ArchiveError('bad-policy', { file: 'PIN', reason: 'a PIN is 4 to 12 digits' })
  return pin
}

const starter = (archives: string[]) => ({
  version: 1,
  name: '阅览室 Reading room',
  archives,
  languages: ['zh-Hans', 'zh-Hant', 'en'],
  language: 'zh-Hans',
  theme: 'light',
  allow: { search: true, print: false, readAloud: true, takeHome: { qr: true, stick: false } },
  idleSeconds: 90,
  warningSeconds: 20,
  printPages: 10,
})
