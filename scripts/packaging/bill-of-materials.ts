import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, shippedWorks, type ShippedWork } from './shipped-works.ts'

/** What the program is made for, by its package. */
interface OwnPackage {
  name: string
  version: string
  license: string
  description: string
}

/**
 * The bill of materials of a package, CycloneDX 1.6 as JSON: the program, the Electron in it and every work of others.
 * The same input gives the same bytes: no time, no serial number.
 */
function billOfMaterials(works: readonly ShippedWork[], own: OwnPackage, electron: string): string {
  const program = new Models.Component(Enums.ComponentType.Application, own.name, {
    bomRef: own.name,
    version: own.version,
    description: own.description,
    licenses: licensesOf(own.license),
    purl: purlOf(own.name, own.version),
  })
  const runtime = new Models.Component(Enums.ComponentType.Framework, 'electron', {
    bomRef: purlOf('electron', electron),
    version: electron,
    description: 'With Chromium and Node.js; their licences are in LICENSES.chromium.html of the package.',
    licenses: licensesOf('MIT'),
    purl: purlOf('electron', electron),
  })
  const components = [runtime, ...works.map(componentOf)]
  for (const { bomRef } of components) program.dependencies.add(bomRef)
  const bill = new Models.Bom({
    metadata: new Models.Metadata({ component: program }),
    components: new Models.ComponentRepository(components),
  })
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bill, { sortLists: true, space: 2 })}\n`
}

function componentOf({ name, version, licence, integrity, bundled }: ShippedWork): Models.Component {
  const [group, bare] = name.startsWith('@') ? (name.split('/') as [string, string]) : [undefined, name]
  const component = new Models.Component(Enums.ComponentType.Library, bare, {
    bomRef: purlOf(name, version),
    group,
    version,
    licenses: licensesOf(licence),
    purl: purlOf(name, version),
    properties: new Models.PropertyRepository([new Models.Property('banmian:bundled', String(bundled))]),
  })
  const sum = /^sha512-(.+)$/.exec(integrity ?? '')?.[1]
  if (sum) component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sum, 'base64').toString('hex'))
  return component
}

function licensesOf(licence: string): Models.LicenseRepository {
  const one = licence.includes(' ') ? new Models.LicenseExpression(licence) : new Models.SpdxLicense(licence)
  return new Models.LicenseRepository([one])
}

const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** That of this state of the project; `electron`: the version that is packaged. */
export function billOfThisProgram(electron: string): string {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as OwnPackage
  return billOfMaterials(shippedWorks(), own, electron)
}
