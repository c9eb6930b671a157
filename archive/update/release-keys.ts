/**
 * The public keys whose signature makes a file an update of this program: Ed25519, SPKI in base64. `npm run release-key`
 * adds one; the private part never comes near this folder. A program with no key accepts no update.
 */
export const releaseKeys: readonly string[] = []
