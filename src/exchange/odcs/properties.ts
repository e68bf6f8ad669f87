import type { Path } from '../path.ts'
import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { isFieldPath } from '../names.ts'
import { type Pii, piiOf } from '../pii.ts'
import { dottedPath, type Step } from './field-path.ts'
import { physicalName } from './property-schema.ts'
import { readQuality, type RuleGathering } from './quality.ts'

/** A property anywhere in a schema object. */
export interface FoundProperty {
  readonly property: Mapping
  readonly path: Path
  readonly steps: readonly Step[]
}

/** Every property below a list of them, items of lists and values of maps included, outer ones first. */
export function* propertiesBelow(
  list: unknown,
  path: Path,
  around: readonly Step[],
): Generator<FoundProperty> {
  for (const [index, property] of asList(list).entries()) {
    if (!isMapping(property)) continue
    const steps = [
      ...around,
      { name: physicalName(property), isList: textOf(property, 'logicalType') === 'array' },
    ]
    yield* withNested(property, [...path, index], steps)
  }
}

function* withNested(property: Mapping, path: Path, steps: readonly Step[]): Generator<FoundProperty> {
  const own = steps.map((step, index) => (index === steps.length - 1 ? { ...step, isList: false } : step))
  yield { property, path, steps: own }
  yield* propertiesBelow(valueOf(property, 'properties'), [...path, 'properties'], steps)
  const items = valueOf(property, 'items')
  if (isMapping(items)) yield* itemsBelow(items, [...path, 'items'], steps)
}

/** What holds of each item of a list, and of what is in it. */
function* itemsBelow(items: Mapping, path: Path, steps: readonly Step[]): Generator<FoundProperty> {
  yield { property: items, path, steps }
  yield* propertiesBelow(valueOf(items, 'properties'), [...path, 'properties'], steps)
}

const NOT_CARRIED: Readonly<Record<string, string>> = {
  unique: 'that no two events are alike needs a rule with `unique`, which this version can’t judge yet',
  relationships:
    'a reference to other events needs a rule with `references`, which this version can’t judge yet',
}

/** Reads the rules of a property, and lists what it asks for that no event alone can meet. */
export function readProperty(gathering: RuleGathering, { property, path, steps }: FoundProperty): void {
  readQuality(gathering, valueOf(property, 'quality'), path, steps)
  for (const [key, reason] of Object.entries(NOT_CARRIED)) {
    const value = valueOf(property, key)
    if (value === undefined || value === false || asListOrSelf(value).length === 0) continue
    gathering.log.listed('property', `${dottedPath(steps)} ${key}`, [...path, key], reason)
  }
  const map = asMapping(valueOf(property, 'map'))
  for (const part of ['key', 'value']) {
    for (const [index] of asList(valueOf(asMapping(valueOf(map, part)), 'quality')).entries()) {
      const at = [...path, 'map', part, 'quality', index]
      gathering.log.listed(
        'rule',
        `${dottedPath(steps)} ${part}`,
        at,
        `rules about the ${part}s of a map can’t be read yet`,
      )
    }
  }
}

function asListOrSelf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

type Fields = Record<string, { pii: Pii }>

/** The fields that are classified, as a contract has them. */
export function readFields(gathering: RuleGathering, found: Iterable<FoundProperty>): Fields {
  const fields: Fields = {}
  for (const { property, path, steps } of found) {
    const words = [textOf(property, 'classification'), ...asList(valueOf(property, 'tags'))]
    const pii = words.map((word) => piiOf(word)).find((one) => one !== undefined)
    if (pii === undefined) continue
    const dotted = dottedPath(steps)
    if (isFieldPath(dotted)) fields[dotted] = { pii }
    else
      gathering.log.listed(
        'property',
        'classification',
        path,
        'the property’s name can’t be written as the path of a field',
      )
  }
  return fields
}
