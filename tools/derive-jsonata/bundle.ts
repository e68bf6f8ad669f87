import type { AnyNode, Program } from './syntax-tree.ts'
import { walk } from './syntax-tree.ts'

/** One module of the bundle: the function that runs its body, and the names by which that body asks for others. */
export interface BundledModule {
  readonly name: string
  readonly factory: AnyNode
  readonly dependencies: readonly string[]
}

/**
 * Finds the modules in browserify's table `{ 1: [factory, { './utils': 6 }], … }`, each after the modules that it depends on. The entry
 * module, which nothing depends on, is called `jsonata` and comes last.
 */
export function findModules(program: Program): BundledModule[] {
  const table = findTable(program)
  const nameOf = new Map(table.flatMap((row) => row.requires.map(({ name, id }) => [id, name] as const)))
  const modules = table.map(({ id, factory, requires }) => ({
    name: nameOf.get(id) ?? 'jsonata',
    factory,
    dependencies: requires.map(({ name }) => name),
  }))
  return inOrderOfDependency(modules)
}

interface Row {
  readonly id: number
  readonly factory: AnyNode
  readonly requires: readonly { readonly name: string; readonly id: number }[]
}

function findTable(program: Program): Row[] {
  const tables: Row[][] = []
  walk(program, (node) => {
    if (node.type !== 'ObjectExpression') return true
    const rows = node.properties.map(toRow)
    if (rows.length === 0 || rows.includes(undefined)) return true
    tables.push(rows.filter((row) => row !== undefined))
    return false
  })
  const [table, ...others] = tables
  if (table === undefined || others.length > 0)
    throw new Error(`one table of modules expected, ${tables.length} found`)
  return table
}

function toRow(property: AnyNode): Row | undefined {
  if (property.type !== 'Property' || property.value.type !== 'ArrayExpression') return undefined
  const [factory, requires] = property.value.elements
  const id = property.key.type === 'Literal' ? property.key.value : undefined
  if (
    typeof id !== 'number' ||
    factory?.type !== 'FunctionExpression' ||
    requires?.type !== 'ObjectExpression'
  )
    return undefined
  return { id, factory, requires: requires.properties.map(toRequire) }
}

function toRequire(property: AnyNode): { name: string; id: number } {
  if (property.type === 'Property' && property.key.type === 'Literal' && property.value.type === 'Literal') {
    const { key, value } = property
    if (typeof key.value === 'string' && typeof value.value === 'number') {
      return { name: key.value.replace('./', ''), id: value.value }
    }
  }
  throw new Error('the table of modules has an entry of an unknown form')
}

function inOrderOfDependency(modules: readonly BundledModule[]): BundledModule[] {
  const ordered: BundledModule[] = []
  while (ordered.length < modules.length) {
    const ready = modules.filter(
      (module) =>
        !ordered.includes(module) &&
        module.dependencies.every((name) => ordered.some((done) => done.name === name)),
    )
    if (ready.length === 0) throw new Error('the modules of the bundle depend on one another in a circle')
    ordered.push(...ready)
  }
  return ordered
}
