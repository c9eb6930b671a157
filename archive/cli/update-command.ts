import type { Command } from 'commander'
import { version } from '../../package.json'
import { releaseKeys } from '../update/release-keys.ts'
import { checkUpdate } from '../update/update-signature.ts'
import type { CommandContext } from './importing-command.ts'

/** The command by which an administrator checks an update before it goes to the machines. */
export function addUpdateCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('verify-update')
    .description('check a package of a newer Banmian against the signature beside it')
    .argument('<file>')
    .option('--key <key...>', 'public keys to trust instead of those of this program, SPKI in base64')
    .option('--json', 'standard output is JSON alone')
    .action(async (file: string, { key }: { key?: string[] }) => {
      const update = await checkUpdate(file, { keys: key ?? releaseKeys, current: version })
      terminal().say(`${update.file}: version ${update.version}, signed with key ${update.key}`)
      terminal().result(update)
    })
}
