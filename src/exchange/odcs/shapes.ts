import { nearest } from '../../model/did-you-mean.ts'
import type { ImportLog } from '../import-log.ts'
import type { Path } from '../path.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

const LOGICAL_TYPES = 'string date timestamp time number integer object array boolean map vector'.split(' ')

/** Keys of a quality rule: open-data-contract-standard 3.2.0, and arguments that stand beside `arguments`, which are told elsewhere. */
const QUALITY_KEYS = [
  ...'id name description type metric rule arguments unit query engine implementation dimension method'.split(
    ' ',
  ),
  ...'severity businessImpact scheduler schedule tags customProperties authoritativeDefinitions'.split(' '),
  ...'mustBe mustNotBe mustBeGreaterThan mustBeGreaterOrEqualTo mustBeLessThan mustBeLessOrEqualTo'.split(
    ' ',
  ),
  ...'mustBeBetween mustNotBeBetween validValues missingValues pattern'.split(' '),
]

/**
 * Reports values of a shape that the rest of the import would pass over: what should be a list and is none, properties without a name,
 * types and keys of rules that the standard does not have. In 3.0 a rule may have keys of its own.
 */
export function checkShapes(document: Mapping, log: ImportLog): void {
  for (const key of ['schema', 'servers', 'slaProperties', 'support', 'customProperties']) {
    checkList(document, key, [], log)
  }
  const isVersion30 = /^v?3\.0/.test(textOf(document, 'apiVersion') ?? '')
  asList(valueOf(document, 'schema')).forEach((object, index) => {
    const path = ['schema', index]
    if (isMapping(object)) checkElement(object, path, log, isVersion30)
    else mustBe('a mapping', path, log)
  })
}

/** A schema object, a property, or the items of a list. */
function checkElement(element: Mapping, path: Path, log: ImportLog, isVersion30: boolean): void {
  for (const key of ['properties', 'quality', 'enum', 'tags']) checkList(element, key, path, log)
  checkType(element, path, log)
  asList(valueOf(element, 'properties')).forEach((property, index) => {
    const at = [...path, 'properties', index]
    if (!isMapping(property)) mustBe('a mapping', at, log)
    else if (textOf(property, 'name') === undefined && textOf(property, 'physicalName') === undefined) {
      log.error('IMPORT_INVALID', at, 'a property needs a `name`', 'Add `name`, as it stands in events.')
    } else checkElement(property, at, log, isVersion30)
  })
  const items = valueOf(element, 'items')
  if (isMapping(items)) checkElement(items, [...path, 'items'], log, isVersion30)
  if (!isVersion30) {
    asList(valueOf(element, 'quality')).forEach((rule, index) => {
      if (isMapping(rule)) checkKeys(rule, [...path, 'quality', index], log)
    })
  }
}

function checkList(mapping: Mapping, key: string, path: Path, log: ImportLog): void {
  const value = valueOf(mapping, key)
  if (value !== undefined && value !== null && !Array.isArray(value)) mustBe('a list', [...path, key], log)
}

function mustBe(what: string, path: Path, log: ImportLog): void {
  const hint = what === 'a list' ? 'Begin each item with a dash and a space.' : 'Write keys with values.'
  log.error('IMPORT_INVALID', path, `${nameOf(path)} must be ${what}`, hint)
}

function nameOf(path: Path): string {
  const last = path.at(-1)
  return typeof last === 'number' ? `item ${last + 1} of \`${String(path.at(-2))}\`` : `\`${String(last)}\``
}

function checkType(element: Mapping, path: Path, log: ImportLog): void {
  const type = valueOf(element, 'logicalType')
  if (type === undefined || (typeof type === 'string' && LOGICAL_TYPES.includes(type))) return
  const meant = nearest(String(type), LOGICAL_TYPES)
  const hint = meant === undefined ? `Types are ${LOGICAL_TYPES.join(', ')}.` : `Did you mean \`${meant}\`?`
  const message = `there is no logical type ${JSON.stringify(type)}`
  log.error('IMPORT_INVALID', [...path, 'logicalType'], message, hint)
}

function checkKeys(rule: Mapping, path: Path, log: ImportLog): void {
  for (const key of Object.keys(rule).filter((one) => !QUALITY_KEYS.includes(one))) {
    const meant = nearest(key, QUALITY_KEYS)
    const hint =
      meant === undefined ? 'Keys of your own belong into `customProperties`.' : `Did you mean \`${meant}\`?`
    log.wrongKey('IMPORT_INVALID', [...path, key], `a quality rule has no key ${JSON.stringify(key)}`, hint)
  }
}
