import { Document } from 'yaml'
import { gatherSchemas, type ReadReference } from '../../evaluate/schema-documents.ts'
import type { Contract, LocatedText, Rule, StreamRule } from '../../model/contract.ts'
import type { NewFile } from '../../model/exchange.ts'
import { writtenCheck, writtenTolerance } from '../../model/written-rule.ts'
import { ENGINE } from './assay-rule.ts'
import { CARRIER } from './carrier.ts'
import { projectProperties } from './project-properties.ts'

/** The version whose documents tools of 3.1 and 3.2 read. */
const API_VERSION = 'v3.1.0'

/**
 * A contract as an ODCS document. Its rules are custom ones of the engine `assay`, with their schemas in them, and what ODCS has no place
 * for is kept in the custom property `assay`: an import gives the same contract again. The fields of its schema rule are shown as
 * properties, for other readers.
 *
 * @throws SchemaDocumentError if a schema can't be read
 */
export function exportOdcs(contract: Contract, read: ReadReference): string {
  const document = new Document(toDocument(contract, read), {
    version: '1.2',
    aliasDuplicateObjects: false,
  })
  document.commentBefore = ` Exported by Assay from ${contract.id} ${contract.version}.`
  return document.toString({ lineWidth: 0 })
}

function toDocument(contract: Contract, read: ReadReference): object {
  const { id, version, domain, owner, topic, description, links } = contract
  return {
    apiVersion: API_VERSION,
    kind: 'DataContract',
    id,
    version,
    name: id,
    status: 'active',
    domain,
    ...(description === undefined ? {} : { description: { purpose: description } }),
    team: { name: owner },
    schema: [
      {
        name: topic,
        physicalName: topic,
        physicalType: 'topic',
        logicalType: 'object',
        ...propertiesOf(contract, read),
        quality: [
          ...contract.rules.map((rule) => toQuality(rule, implementationOf(contract, rule, read))),
          ...contract.streamRules.map((rule) => toQuality(rule, withMode(writtenCheck(rule.check), rule))),
        ],
      },
    ],
    ...serviceLevels(contract),
    ...authoritativeDefinitions(links),
    customProperties: [{ property: CARRIER, value: carried(contract) }],
  }
}

/** Only what an event must be: a schema of lesser severity is a wish. */
function propertiesOf(contract: Contract, read: ReadReference): object {
  const rule = contract.rules.find(
    ({ check, severity, when }) => check.kind === 'schema' && severity === 'error' && when === undefined,
  )
  if (rule?.check.kind !== 'schema') return {}
  const [main] = gatherSchemas(contract.file, rule.check.path.text, read)
  const properties = main ? projectProperties(main.schema, contract.fields) : []
  return properties.length > 0 ? { properties } : {}
}

function toQuality(rule: Rule | StreamRule, implementation: object): object {
  const { id, description, dimension, severity } = rule
  return {
    id,
    name: id,
    ...(description === undefined ? {} : { description }),
    type: 'custom',
    engine: ENGINE,
    dimension,
    severity,
    implementation: withoutNothing(implementation),
  }
}

function implementationOf(contract: Contract, rule: Rule, read: ReadReference): object {
  const { when, missing, engine, check, tolerance } = rule
  const common = withMode(
    {
      when: when?.text,
      engine: engine === 'interpreter' ? engine : undefined,
      tolerance: tolerance && writtenTolerance(tolerance),
    },
    rule,
  )
  switch (check.kind) {
    case 'assert':
      return {
        ...common,
        assert: check.expression.text,
        missing: missing === 'skip' ? missing : undefined,
      }
    case 'schema':
      return { ...common, ...schemaOf(contract, check.path, read) }
  }
}

function withMode(implementation: object, { mode }: Rule | StreamRule): object {
  return mode === 'shadow' ? { ...implementation, mode } : implementation
}

/** A schema and all that it refers to, by their paths as seen from the contract. A rule of a policy names it as seen from there. */
function schemaOf(
  contract: Contract,
  path: LocatedText,
  read: ReadReference,
): { readonly schema: string; readonly documents: readonly NewFile[] } {
  const texts = new Map<string, string>()
  const { file } = path.locate()
  gatherSchemas(file, path.text, (from, reference) => {
    const found = read(from, reference)
    if ('text' in found) texts.set(found.path, found.text)
    return found
  })
  const documents = [...texts].map(([found, text]) => ({ path: relativePath(contract.file, found), text }))
  return { schema: file === contract.file ? path.text : `./${documents[0]?.path ?? path.text}`, documents }
}

/** The way from a file to another one, both from one root. */
function relativePath(from: string, to: string): string {
  const [here, there] = [from, to].map((path) => path.split('/').filter((part) => part !== '.'))
  const folder = (here ?? []).slice(0, -1)
  const target = there ?? []
  const differs = folder.findIndex((part, index) => part !== target[index])
  const common = differs === -1 ? folder.length : differs
  return [...folder.slice(common).map(() => '..'), ...target.slice(common)].join('/')
}

function serviceLevels({ promises: { validity } }: Contract): object {
  if (validity === undefined) return {}
  // Out of tenths of thousandths, so that 100 − 99.9 is 0.1.
  const value = Math.round((100 - validity.objective) * 1e6) / 1e6
  return { slaProperties: [{ property: 'errorRate', value, unit: 'percent' }] }
}

function authoritativeDefinitions(links: Contract['links']): object {
  const definitions = Object.entries(links).map(([type, url]) => ({ url, type }))
  return definitions.length > 0 ? { authoritativeDefinitions: definitions } : {}
}

/** The head of the contract as it is, for the way back. */
function carried(contract: Contract): object {
  const { id, version, topic, domain, owner, producer, consumers, description, links } = contract
  const { format, tombstones, fields, promises } = contract
  const head = { id, version, topic, domain, owner, producer, consumers, description, links }
  return withoutNothing({ ...head, format, tombstones, fields, promises })
}

/** A way through JSON leaves out what is undefined. */
function withoutNothing(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object
}
