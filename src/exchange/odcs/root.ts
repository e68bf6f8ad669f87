import { nearest } from '../../model/did-you-mean.ts'
import type { ImportLog } from '../import-log.ts'
import { isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** Keys of a contract: open-data-contract-standard 3.2.0. */
const ROOT_KEYS = [
  'version',
  'kind',
  'apiVersion',
  'id',
  'name',
  'tenant',
  'tags',
  'status',
  'servers',
  'dataProduct',
  'description',
  'domain',
  'context',
  'schema',
  'support',
  'price',
  'team',
  'roles',
  'slaDefaultElement',
  'slaProperties',
  'authoritativeDefinitions',
  'customProperties',
  'contractCreatedTs',
] as const

/** Sections of which nothing becomes part of a contract, with the reason. */
const NOT_CARRIED: Readonly<Record<string, string>> = {
  price: 'what data costs is no property of events',
  roles: 'who may read is set at the broker',
  context: 'a contract of Assay has no place for it',
  tenant: 'a contract of Assay has no place for it',
}

const CONVERT =
  'Convert it to ODCS 3.x first: its section `dataset` became `schema`, and `columns` became `properties`.'

/** Whether the document is a contract of ODCS 3.x. If not, what it is has been reported. */
export function isOdcs3(value: unknown, log: ImportLog): value is Mapping {
  if (!isMapping(value)) {
    log.error(
      'IMPORT_WRONG_KIND',
      [],
      'the file holds no mapping, so it is no data contract',
      'Give a file of ODCS 3.x.',
    )
    return false
  }
  if (valueOf(value, 'dataContractSpecification') !== undefined) {
    const message = 'the file follows the Data Contract Specification, not ODCS'
    log.error(
      'IMPORT_WRONG_KIND',
      ['dataContractSpecification'],
      message,
      'Convert it to ODCS 3.x first: its own tools can.',
    )
    return false
  }
  return isVersion3(value, log) && isDataContract(value, log)
}

function isVersion3(value: Mapping, log: ImportLog): boolean {
  const version = textOf(value, 'apiVersion')
  if (version === undefined) {
    const hint = isAssay(value)
      ? 'This seems to be a contract of Assay already.'
      : 'Add `apiVersion: v3.1.0`.'
    log.error(
      'IMPORT_WRONG_KIND',
      ['apiVersion'],
      '`apiVersion` is missing, so it is not said that this is ODCS',
      hint,
    )
    return false
  }
  if (/^v?3\./.test(version)) return true
  const message = `the file is of ODCS ${JSON.stringify(version)}, and 3.x can be read`
  const hint = /^v?[12]\./.test(version)
    ? CONVERT
    : isAssay(value)
      ? 'This is a contract of Assay already.'
      : 'Versions look like `v3.1.0`.'
  log.error('IMPORT_WRONG_KIND', ['apiVersion'], message, hint)
  return false
}

function isAssay(value: Mapping): boolean {
  return Object.hasOwn(value, 'rules') || textOf(value, 'apiVersion')?.startsWith('assay/') === true
}

function isDataContract(value: Mapping, log: ImportLog): boolean {
  const kind = valueOf(value, 'kind')
  if (kind === 'DataContract') return true
  const message = `\`kind\` must be DataContract; found ${JSON.stringify(kind ?? null)}`
  log.error(
    'IMPORT_WRONG_KIND',
    ['kind'],
    message,
    'Other kinds of Bitol, such as DataProduct, hold no rules.',
  )
  return false
}

/** Reports keys that the standard does not have, and lists sections that are not carried over. */
export function checkRoot(document: Mapping, log: ImportLog): void {
  for (const key of Object.keys(document)) {
    const reason = Object.hasOwn(NOT_CARRIED, key) ? NOT_CARRIED[key] : undefined
    if (reason !== undefined) log.listed('section', key, [key], reason)
    if (!ROOT_KEYS.some((known) => known === key)) reportUnknown(key, log)
  }
  for (const key of ['version', 'id']) {
    if (valueOf(document, key) === undefined) {
      log.error('IMPORT_INVALID', [], `\`${key}\` is missing, which ODCS requires`, `Add \`${key}\`.`)
    }
  }
}

function reportUnknown(key: string, log: ImportLog): void {
  const meant = nearest(key, ROOT_KEYS)
  const hint =
    key === 'quality'
      ? 'Rules stand at a schema object or a property: `schema[].quality`, `schema[].properties[].quality`.'
      : meant === undefined
        ? 'Keys of your own belong into `customProperties`.'
        : `Did you mean \`${meant}\`?`
  log.wrongKey('IMPORT_INVALID', [key], `ODCS has no key ${JSON.stringify(key)} at the top`, hint)
  log.listed('section', key, [key], 'the standard has no such key')
}
