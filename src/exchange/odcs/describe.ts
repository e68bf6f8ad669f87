import type { ImportLog } from '../import-log.ts'
import { isWebAddress, toLinkName, unused } from '../names.ts'
import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** The prose of a contract: purpose, usage and limits, and what the object is about. */
export function descriptionOf(document: Mapping, object: Mapping): string | undefined {
  const description = asMapping(valueOf(document, 'description'))
  const sentences = [
    textOf(object, 'description'),
    textOf(description, 'purpose'),
    ...['usage', 'limitations'].map((key) => {
      const text = textOf(description, key)
      return text === undefined ? undefined : `${key === 'usage' ? 'Usage' : 'Limitations'}: ${text.trim()}`
    }),
  ]
  const found = sentences.flatMap((text) => text?.trim() ?? [])
  return found.length === 0 ? undefined : [...new Set(found)].join('\n')
}

/** Web pages about the contract: definitions by their type, and channels of support. What is no web address is listed, if there is a log. */
export function linksOf(
  document: Mapping,
  object: Mapping,
  log: ImportLog | undefined,
): Record<string, string> {
  const links = new Map<string, string>()
  const add = (name: string, url: string | undefined, path: readonly (string | number)[]) => {
    if (url !== undefined && isWebAddress(url))
      links.set(unused(toLinkName(name), new Set(links.keys())), url)
    else log?.listed('section', `link ${name}`, path, 'its address is no web page')
  }
  const definitions = [
    ...asList(valueOf(document, 'authoritativeDefinitions')),
    ...asList(valueOf(object, 'authoritativeDefinitions')),
  ]
  for (const definition of definitions.filter(isMapping)) {
    add(textOf(definition, 'type') ?? 'definition', textOf(definition, 'url'), ['authoritativeDefinitions'])
  }
  asList(valueOf(document, 'support')).forEach((channel, index) => {
    if (isMapping(channel)) add('support', textOf(channel, 'url'), ['support', index])
  })
  return Object.fromEntries(links)
}
