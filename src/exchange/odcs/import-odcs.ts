import type { ContractDraft } from '../contract-draft.ts'
import { baseName } from '../contract-draft.ts'
import { noted, toHead } from '../heads.ts'
import { ImportLog } from '../import-log.ts'
import type { Imported, ImportedContract, ImportOptions } from '../imported.ts'
import { toContractId, toName, toVersion, unused } from '../names.ts'
import type { SourceDocument } from '../source-document.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { carriedHead } from './carrier.ts'
import { descriptionOf, linksOf } from './describe.ts'
import { propertiesBelow, readFields, readProperty } from './properties.ts'
import { objectSchema, physicalName } from './property-schema.ts'
import { push, readQuality, type RuleGathering } from './quality.ts'
import { checkRoot, isOdcs3 } from './root.ts'
import { type KafkaServer, readServers } from './servers.ts'
import { checkShapes } from './shapes.ts'
import { readServiceLevels, type ServiceLevels } from './service-levels.ts'
import { frequencyOf } from './stream-rules.ts'
import { teamOf } from './team.ts'

/**
 * Makes contracts of an ODCS 3.x document, one for each schema object. What an event alone can meet becomes a rule; everything else is
 * listed with its reason. Source: open-data-contract-standard 3.0 to 3.2.
 */
export function importOdcs(source: SourceDocument, options: ImportOptions): Imported {
  const log = new ImportLog(source)
  if (!isOdcs3(source.value, log)) return { contracts: [], log }
  const document = source.value
  checkRoot(document, log)
  checkShapes(document, log)
  const server = readServers(document, log)
  const objects = asList(valueOf(document, 'schema')).flatMap((object, index) =>
    isMapping(object) ? [{ object, index }] : [],
  )
  const taken = new Set<string>()
  const levels = readServiceLevels(
    document,
    objects.map(({ object }) => object),
    log,
  )
  const contracts = objects.map(({ object, index }) =>
    importObject(document, object, index, {
      server,
      levels,
      options,
      log,
      taken,
      isOnly: objects.length === 1,
    }),
  )
  return { contracts: contracts.filter(({ draft }) => draft.rules.length > 0), log }
}

interface Circumstances {
  readonly server: KafkaServer
  readonly levels: ServiceLevels
  readonly options: ImportOptions
  readonly log: ImportLog
  /** Ids of the contracts so far. */
  readonly taken: Set<string>
  readonly isOnly: boolean
}

function importObject(
  document: Mapping,
  object: Mapping,
  index: number,
  circumstances: Circumstances,
): ImportedContract {
  const { log } = circumstances
  const draft = draftOf(document, object, index, circumstances)
  const gathering: RuleGathering = {
    contract: draft.id,
    rules: [],
    schemas: [],
    log,
    isVersion30: /^v?3\.0/.test(textOf(document, 'apiVersion') ?? ''),
    frequency: frequencyOf(document),
  }
  const path = ['schema', index]
  readQuality(gathering, valueOf(object, 'quality'), path, [])
  const found = [...propertiesBelow(valueOf(object, 'properties'), [...path, 'properties'], [])]
  for (const property of found) readProperty(gathering, property)
  if (valueOf(object, 'relationships') !== undefined) {
    log.listed(
      'property',
      `${physicalName(object)} relationships`,
      [...path, 'relationships'],
      'a reference to other events needs a rule with `references`, which this version can’t judge yet',
    )
  }
  for (const { object: about, rule } of circumstances.levels.rules) {
    if (about === object) push(gathering, rule)
  }
  const carried = carriedHead(document)
  const schemas = [...gathering.schemas]
  if (carried === undefined && found.length > 0) {
    schemas.push(addShape(gathering, draft, object, index))
  }
  const fields = carried?.fields ?? readFields(gathering, found)
  const promises = carried?.promises ?? circumstances.levels.promises
  return { draft: { ...draft, fields, promises, rules: gathering.rules }, schemas: distinct(schemas) }
}

/** The rule that stands for the types of all properties, first in the contract, with its schema. */
function addShape(
  { rules, log, contract }: RuleGathering,
  draft: ContractDraft,
  object: Mapping,
  index: number,
): { path: string; text: string } {
  const path = ['schema', index, 'properties']
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...objectSchema({ log }, valueOf(object, 'properties'), path),
  }
  const id = unused('shape', new Set(rules.map((rule) => rule.id)))
  const file = `schemas/${baseName(draft.id, draft.domain)}.schema.json`
  rules.unshift({
    id,
    description: 'Each event has the fields that the contract names, with their types.',
    dimension: 'conformity',
    schema: `./${file}`,
  })
  log.imported('property', 'properties', path, `${contract} / ${id}`)
  return { path: file, text: `${JSON.stringify(schema, undefined, 2)}\n` }
}

function draftOf(
  document: Mapping,
  object: Mapping,
  index: number,
  { server, options, log, taken, isOnly }: Circumstances,
): ContractDraft {
  const carried = isOnly ? carriedHead(document) : undefined
  const team = teamOf(document)
  const head = toHead(
    {
      id: carried?.id ?? idOf(document, object, isOnly),
      topic: carried?.topic ?? topicOf(object, server, isOnly) ?? `topic-${index + 1}`,
      domain: carried?.domain ?? textOf(document, 'domain'),
      owner: carried?.owner ?? team,
    },
    carried?.owner === undefined ? options : { owner: carried.owner, ...options },
    log,
  )
  const id = unused(head.id, taken)
  taken.add(id)
  const version = String(carried?.version ?? valueOf(document, 'version') ?? '1.0.0')
  const producer = carried ? carried.producer : { team: team === undefined ? undefined : toName(team) }
  return {
    ...head,
    id,
    version: noted(log, 'version', version, toVersion(version)),
    producer,
    consumers: carried?.consumers,
    description: carried ? carried.description : descriptionOf(document, object),
    links: carried ? carried.links : linksOf(document, object, index === 0 ? log : undefined),
    tags: carried?.tags,
    format: carried ? carried.format : server.format,
    tombstones: carried?.tombstones,
    rules: [],
  }
}

/** An id that is a number for machines says nothing: then the names are taken. */
function idOf(document: Mapping, object: Mapping, isOnly: boolean): string {
  const own = String(valueOf(document, 'id') ?? '')
  const isReadable = own !== '' && !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(own)
  const name = textOf(document, 'name') ?? textOf(document, 'dataProduct')
  const base = isReadable ? own : name
  const ofObject = textOf(object, 'name') ?? physicalName(object)
  const parts = isOnly && base !== undefined ? [base] : [base, ofObject]
  return toContractId(parts.filter((part) => part !== undefined && part !== '').join('.') || 'contract')
}

/** The name of the topic is the physical name of the object; a name that a server gives is only of use for a single one. */
function topicOf(object: Mapping, server: KafkaServer, isOnly: boolean): string | undefined {
  const physical = textOf(object, 'physicalName')
  if (physical !== undefined) return physical
  return (isOnly ? server.topic : undefined) ?? textOf(object, 'name')
}

function distinct<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  return [...new Map(files.map((file) => [file.path, file])).values()]
}
