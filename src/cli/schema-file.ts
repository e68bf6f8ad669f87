import { basename, dirname, extname, join, resolve } from 'node:path'
import { readReferencedFile, readRuleFile } from '../adapters/files/text-file.ts'
import type { LocatedText } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { ReferencedSchema, RegistrySchema, SchemaKind } from '../model/schema.ts'

const KINDS: Readonly<Record<string, SchemaKind>> = {
  '.avsc': 'avro',
  '.proto': 'protobuf',
  '.json': 'json-schema',
}

/** More files than a schema that people write imports. */
const MAX_IMPORTS = 500

/**
 * A schema file with what it refers to: the files that are given, and the imports of Protobuf, which are looked for beside the file and in
 * the folders above it. JSON Schema finds its files by itself.
 */
export function readSchemaFile(path: string, references: readonly string[]): RegistrySchema | Problem {
  const kind = KINDS[extname(path).toLowerCase()]
  if (kind === undefined) {
    const known = Object.keys(KINDS).join(', ')
    return unusable(path, `its name does not say what it is written in; known are ${known}`)
  }
  const file = readRuleFile(path)
  if ('missing' in file) return unusable(path, file.missing)
  const given: ReferencedSchema[] = []
  for (const reference of references) {
    const found = readRuleFile(reference)
    if ('missing' in found) return unusable(reference, found.missing)
    given.push({ name: nameOf(reference, found.text), text: found.text })
  }
  const isAvro = kind === 'avro' || isAvroRecord(file.text)
  if (kind === 'protobuf')
    return { kind, text: file.text, references: [...importsOf(path, file.text), ...given] }
  return { kind: isAvro ? 'avro' : kind, text: file.text, references: given }
}

/** Whether a contract names the file: it may be changed in its place. */
export function isNamed(path: string, named: LocatedText): boolean {
  return resolve(readReferencedFile(named.locate().file, named.text).path) === resolve(path)
}

/** A schema file that says nothing. */
export function unusable(path: string, reason: string): Problem {
  return {
    code: 'SCHEMA_FILE_UNUSABLE',
    severity: 'error',
    message: `${path}: ${reason}`,
    hint: 'Give a schema of Avro (.avsc), Protobuf (.proto) or JSON Schema (.json); with --reference, the files that it refers to.',
  }
}

/** JSON Schema has no type "record": the file holds Avro, whatever its name. */
function isAvroRecord(text: string): boolean {
  const schema = parsed(text)
  return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'record'
}

/** By what a schema is referred to: its `$id`, or else its name. */
function nameOf(path: string, text: string): string {
  const schema = parsed(text)
  const id = typeof schema === 'object' && schema !== null && '$id' in schema ? schema.$id : undefined
  return typeof id === 'string' ? id : basename(path)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const IMPORT = /(?:^|;)\s*import\s+(?:public\s+|weak\s+)?["']([^"']+)["']\s*;/gm

/** The files that a Protobuf file imports, each before those that import it. One that is not there may be well known. */
function importsOf(path: string, text: string, seen = new Set<string>()): ReferencedSchema[] {
  return Array.from(text.matchAll(IMPORT), ([, name = '']) => name).flatMap((name) => {
    if (seen.has(name) || seen.size >= MAX_IMPORTS) return []
    seen.add(name)
    const found = findAbove(dirname(path), name)
    return found === undefined ? [] : [...importsOf(found.path, found.text, seen), { name, text: found.text }]
  })
}

function findAbove(folder: string, name: string): { path: string; text: string } | undefined {
  const found = readRuleFile(join(folder, name))
  if ('text' in found) return found
  const above = dirname(folder)
  return above === folder ? undefined : findAbove(above, name)
}
