import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ArchiveError, fromFileError } from '../errors.ts'

/** What a signature vouches for. */
export interface UpdateStatement {
  product: 'banmian'
  version: string
  /** Of the file, without folder. */
  file: string
  bytes: number
  /** Hexadecimal. */
  sha512: string
}

/** The signature of a file stands beside it under this ending. */
export const signatureEnding = '.signature.json'

/** An update that is what its makers made. */
export interface CheckedUpdate extends UpdateStatement {
  /** First half of the key's sha-256, to compare by eye. */
  key: string
}

const longestSignature = 10_000
const versionShape = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/

/** The bytes that are signed: a line for each part, in this order, so that there is one way to write a statement. */
function signedBytes({ product, version, file, bytes, sha512 }: UpdateStatement): Buffer {
  return Buffer.from(['banmian update 1', product, version, file, bytes, sha512, ''].join('\n'))
}

async function statementOf(file: string, version: string): Promise<UpdateStatement> {
  const hash = createHash('sha512')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
    }
  } catch (error) {
    throw fromFileError(error, file)
  }
  return { product: 'banmian', version, file: basename(file), bytes, sha512: hash.digest('hex') }
}

/** The text of a signature file. `key`: an Ed25519 private key. */
export async function signUpdate(file: string, version: string, key: KeyObject): Promise<string> {
  if (key.asymmetricKeyType !== 'ed25519' || !versionShape.test(version)) throw new Error('an Ed25519 key and x.y.z')
  const statement = await statementOf(file, version)
  const signature = sign(null, signedBytes(statement), key).toString('base64')
  return `${JSON.stringify({ ...statement, signature }, null, 2)}\n`
}

/**
 * Checks a file that claims to be a newer version of this program against the signature beside it. Nothing of it is run
 * or unpacked. `keys`: public keys in base64; `current`: the version that runs.
 * Throws ArchiveError `no-release-key`, `update-unsigned`, `update-refused` with a reason, those of reading a file.
 */
export async function checkUpdate(
  file: string,
  { keys, current }: { keys: readonly string[]; current: string },
): Promise<CheckedUpdate> {
  if (keys.length === 0) throw new ArchiveError('no-release-key', { file })
  const refuse = (reason: string): ArchiveError => new ArchiveError('update-refused', { file, reason })
  const { signature, ...claimed } = await readSignature(file)
  if (claimed.file !== basename(file)) throw refuse(`it was signed as ${claimed.file}`)
  const found = await statementOf(file, claimed.version)
  if (found.sha512 !== claimed.sha512 || found.bytes !== claimed.bytes)
    throw refuse('it is not the file that was signed')
  // What is checked is what was found, not what is claimed of it.
  const signer = keys.find((key) => verify(null, signedBytes(found), publicKey(key), Buffer.from(signature, 'base64')))
  if (signer === undefined) throw refuse('no key of this program signed it')
  if (!isNewer(claimed.version, current)) throw refuse(`version ${claimed.version} is not newer than ${current}`)
  return { ...found, key: keyName(signer) }
}

async function readSignature(file: string): Promise<UpdateStatement & { signature: string }> {
  const beside = `${file}${signatureEnding}`
  const found = await stat(beside).catch(() => undefined)
  if (!found?.isFile() || found.size > longestSignature) throw new ArchiveError('update-unsigned', { file })
  try {
    const value = JSON.parse(await readFile(beside, 'utf8')) as Record<string, unknown>
    const { version, file: name, bytes, sha512, signature } = value
    if (typeof version === 'string' && versionShape.test(version) && typeof name === 'string') {
      if (typeof bytes === 'number' && typeof sha512 === 'string' && typeof signature === 'string') {
        return { product: 'banmian', version, file: name, bytes, sha512, signature }
      }
    }
  } catch {
    // Not JSON: as good as none.
  }
  throw new ArchiveError('update-unsigned', { file })
}

const publicKey = (key: string): KeyObject =>
  createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })

/** How a key is told from another by eye. */
export function keyName(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32)
}

function isNewer(version: string, current: string): boolean {
  const parts = (text: string): number[] => (versionShape.exec(text) ?? []).slice(1).map(Number)
  const [one, other] = [parts(version), parts(current)]
  const index = one.findIndex((part, place) => part !== other[place])
  return index >= 0 && (one[index] ?? 0) > (other[index] ?? 0)
}
