import { posix } from 'node:path'
import { importCycles } from './cycles.ts'
import { impuritiesOf } from './impurities.ts'
import { importsOf } from './imports.ts'
import { ROOMS, STRANGERS } from './rooms.ts'
import type { Room } from './rooms.ts'

/** Modules of `src/` by their path in it. */
export type Sources = ReadonlyMap<string, string>

/** Every breach of the architecture, as a sentence with its place and its reason. */
export function breaches(sources: Sources): string[] {
  const files = [...sources].flatMap(([path, source]) => breachesOfFile(path, source))
  const cycles = importCycles(importGraph(sources)).map(
    (cycle) => `src/${cycle.join(' → src/')}: an import cycle: none of these files can be understood first`,
  )
  return [...files, ...cycles]
}

function breachesOfFile(path: string, source: string): string[] {
  const name = roomOf(path)
  const room = ROOMS[name]
  if (room === undefined)
    return [`src/${path}: "${name}" is no room: add it to test/architecture/rooms.ts, with a reason`]
  const refuse = (line: number, what: string) =>
    `src/${path}:${line}: ${name} may not ${what}: ${room.because}`
  const imports = importsOf(source)
    .filter(({ specifier }) => !mayImport(room, name, path, specifier))
    .map(({ specifier, line }) =>
      refuse(line, `import ${specifier ?? 'a module that is not named by a plain string'}`),
    )
  const impurities = room.isPure
    ? impuritiesOf(source).map(({ what, line }) => refuse(line, `use ${what}`))
    : []
  return [...imports, ...strangeImports(path, source), ...impurities]
}

/** Imports between folders of one room that don't know one another. */
function strangeImports(path: string, source: string): string[] {
  return STRANGERS.flatMap(({ folders, because }) => {
    const own = folderOf(path, folders)
    if (own === undefined) return []
    return importsOf(source).flatMap(({ specifier = '', line }) => {
      const other = folderOf(targetOf(path, specifier) ?? '', folders)
      return other === undefined || other === own
        ? []
        : [`src/${path}:${line}: ${own} may not import ${specifier}: ${because}`]
    })
  })
}

function folderOf(path: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => path.startsWith(`${folder}/`))
}

/** The first folder, the first two under `adapters/`, or the file itself at the top. */
function roomOf(path: string): string {
  const [first = '', second = '', third] = path.split('/')
  return first === 'adapters' && third !== undefined ? `${first}/${second}` : first
}

function mayImport(room: Room, name: string, path: string, specifier: string | undefined): boolean {
  if (specifier === undefined) return false
  const target = targetOf(path, specifier)
  if (target === undefined)
    return room.parts.some((part) => specifier === part || specifier.startsWith(`${part}/`))
  return (
    roomOf(target) === name || room.rooms.some((seen) => target === seen || target.startsWith(`${seen}/`))
  )
}

/** The path in `src/` of a relative import; undefined for packages and built-in modules. */
function targetOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined
}

function importGraph(sources: Sources): Map<string, string[]> {
  return new Map([...sources].map(([path, source]) => [path, targetsOf(path, source)]))
}

function targetsOf(path: string, source: string): string[] {
  return importsOf(source).flatMap(({ specifier }) => targetOf(path, specifier ?? '') ?? [])
}
