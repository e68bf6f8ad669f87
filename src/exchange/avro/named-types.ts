import { nearest } from '../../model/did-you-mean.ts'
import type { ImportLog } from '../import-log.ts'
import type { Path } from '../path.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** Avro 1.12, section Names. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/

export const PRIMITIVES: ReadonlySet<string> = new Set(
  'null boolean int long float double bytes string'.split(' '),
)
const NAMED_KINDS: ReadonlySet<string> = new Set(['record', 'error', 'enum', 'fixed'])

export function isNamedKind(kind: unknown): boolean {
  return typeof kind === 'string' && NAMED_KINDS.has(kind)
}

/** A name with its namespace: its own, or that of the type around it. */
export function fullName(name: string, namespace: string | undefined): string {
  return name.includes('.') || namespace === undefined || namespace === '' ? name : `${namespace}.${name}`
}

/** The namespace of what stands inside of a named type. */
export function namespaceIn(type: Mapping, around: string | undefined): string | undefined {
  const name = textOf(type, 'name') ?? ''
  if (name.includes('.')) return name.slice(0, name.lastIndexOf('.'))
  const own = valueOf(type, 'namespace')
  return typeof own === 'string' ? own : around
}

/** Finds every named type of a schema, and reports those without a good name, or with that of another. */
export function findNamedTypes(root: unknown, log: ImportLog): ReadonlySet<string> {
  const names = new Map<string, Path>()
  visit(root, undefined, [], names, log)
  return new Set(names.keys())
}

function visit(
  type: unknown,
  around: string | undefined,
  path: Path,
  names: Map<string, Path>,
  log: ImportLog,
): void {
  if (Array.isArray(type))
    type.forEach((branch, index) => visit(branch, around, [...path, index], names, log))
  if (!isMapping(type)) return
  const namespace = namespaceIn(type, around)
  if (isNamedKind(valueOf(type, 'type'))) register(type, namespace, path, names, log)
  asList(valueOf(type, 'fields')).forEach((field, index) => {
    if (isMapping(field))
      visit(valueOf(field, 'type'), namespace, [...path, 'fields', index, 'type'], names, log)
  })
  for (const key of ['items', 'values', 'type']) {
    const inner = valueOf(type, key)
    if (typeof inner === 'object') visit(inner, namespace, [...path, key], names, log)
  }
}

function register(
  type: Mapping,
  namespace: string | undefined,
  path: Path,
  names: Map<string, Path>,
  log: ImportLog,
): void {
  const name = textOf(type, 'name')
  if (name === undefined || !NAME.test(name)) {
    const message = `a ${String(type['type'])} needs a \`name\` of letters, digits and \`_\`; found ${JSON.stringify(name ?? null)}`
    log.error('IMPORT_INVALID', [...path, 'name'], message, 'Correct the name.')
    return
  }
  const full = fullName(name, namespace)
  const earlier = names.get(full)
  if (earlier !== undefined) {
    const { line, column } = log.at([...earlier, 'name'])
    const message = `the type \`${full}\` is already defined at ${line}:${column}`
    log.error(
      'IMPORT_INVALID',
      [...path, 'name'],
      message,
      'Define a type once, and name it where it is used again.',
    )
  } else names.set(full, path)
}

/** The full name that a reference means; reported if there is no such type. */
export function resolveName(
  name: string,
  namespace: string | undefined,
  known: ReadonlySet<string>,
  path: Path,
  log: ImportLog,
): string | undefined {
  const full = fullName(name, namespace)
  if (known.has(full)) return full
  if (known.has(name)) return name
  const meant = nearest(name, [...PRIMITIVES, ...known])
  const hint = meant === undefined ? 'Define the type in the same file.' : `Did you mean \`${meant}\`?`
  log.error('IMPORT_INVALID', path, `there is no type ${JSON.stringify(name)}`, hint)
  return undefined
}
