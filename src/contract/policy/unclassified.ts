import { fieldMentions } from '../../expression/index.ts'
import type { Contract, LocatedText, Rule, StreamRule } from '../../model/contract.ts'
import type { Location } from '../../model/problem.ts'
import { mayName, type PersonalWord, personalWord } from './field-words.ts'

/** A field that the JSON Schema of a rule names. */
export interface SchemaField {
  /** Names down to the field; from the event if `isAbsolute` is true. */
  readonly path: readonly string[]
  readonly isAbsolute: boolean
  /** Where it is named. */
  readonly at: Location
}

/** A field that looks personal and is not classified, at its first mention. */
export interface UnclassifiedField {
  readonly message: string
  readonly hint: string
  readonly at: Location
}

/** Fields whose names hold one of the words, and that `fields` gives no class: each at its first mention. */
export function unclassifiedFields(
  words: readonly PersonalWord[],
  { contract, schemaFields }: { readonly contract: Contract; readonly schemaFields: readonly SchemaField[] },
): UnclassifiedField[] {
  const classified = Object.entries(contract.fields).flatMap(([path, { pii }]) => (pii ? [path] : []))
  const found = new Map<string, UnclassifiedField>()
  const texts = [...contract.rules.flatMap(textsOfRule), ...contract.streamRules.flatMap(textsOfStreamRule)]
  // Most expressions hold none of the words: those need not be parsed.
  const inRules = texts.filter(({ text }) => mayName(text, words)).flatMap(fieldsOfText)
  for (const { path, isAbsolute, at } of [...inRules, ...schemaFields]) {
    const word = personalWord(path.at(-1) ?? '', words)
    const name = path.join('.')
    if (word === undefined || found.has(name)) continue
    if (!isClassified(name, isAbsolute, classified)) found.set(name, unclassified(name, word, at))
  }
  return [...found.values()]
}

function unclassified(name: string, word: string, at: Location): UnclassifiedField {
  return {
    message: `the field \`${name}\` looks personal ("${word}") and is not classified`,
    hint: `Add it under \`fields\`: \`${name}: { pii: high }\`; \`pii: none\` if it is not personal.`,
    at,
  }
}

/** What stands below a classified field is classified with it. Where a path begins somewhere inside, any field that ends like it will do. */
function isClassified(name: string, isAbsolute: boolean, classified: readonly string[]): boolean {
  return classified.some(
    (path) => path === name || name.startsWith(`${path}.`) || (!isAbsolute && path.endsWith(`.${name}`)),
  )
}

function textsOfRule({ when, check }: Rule): LocatedText[] {
  return [when, check.kind === 'assert' ? check.expression : undefined].filter((text) => text !== undefined)
}

function textsOfStreamRule({ check: { field } }: StreamRule): LocatedText[] {
  return field ? [field] : []
}

function fieldsOfText(text: LocatedText): SchemaField[] {
  return fieldMentions(text.text).map(({ path, isAbsolute, offset, length }) => ({
    path,
    isAbsolute,
    at: { ...text.locate(offset), length },
  }))
}
