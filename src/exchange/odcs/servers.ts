import type { ImportLog } from '../import-log.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** What the servers of a contract say of how its topic is read. */
export interface KafkaServer {
  readonly topic: string | undefined
  readonly format: string | undefined
}

/** Formats that are read without a schema registry. */
const PLAIN_FORMATS: ReadonlySet<string> = new Set(['json', 'string'])

/** Reads the servers: those of Kafka say the format; brokers are for the flags of the service, and other servers are listed. */
export function readServers(document: Mapping, log: ImportLog): KafkaServer {
  let found: KafkaServer = { topic: undefined, format: undefined }
  asList(valueOf(document, 'servers')).forEach((server, index) => {
    if (!isMapping(server)) return
    const path = ['servers', index]
    const name = `server ${textOf(server, 'server') ?? index + 1}`
    if (textOf(server, 'type') !== 'kafka') {
      log.listed('section', name, path, `it is of type ${String(valueOf(server, 'type'))}; Assay reads Kafka`)
      return
    }
    found = {
      topic: found.topic ?? topicOf(server, path, log),
      format: found.format ?? formatOf(server, log),
    }
    log.listed('section', name, path, 'brokers are given to the service: `assay run --brokers`')
  })
  return found
}

/** The standard has no such key, but a widespread tool's documentation does. */
function topicOf(server: Mapping, path: readonly (string | number)[], log: ImportLog): string | undefined {
  const topic = textOf(server, 'topic')
  if (topic !== undefined) {
    const hint = 'Write it as `physicalName` of the schema object, with `physicalType: topic`.'
    log.warning('IMPORT_IRREGULAR', [...path, 'topic'], 'a Kafka server of ODCS has no key `topic`', hint)
  }
  return topic
}

function formatOf(server: Mapping, log: ImportLog): string | undefined {
  const format = textOf(server, 'format')?.toLowerCase()
  if (format === undefined || PLAIN_FORMATS.has(format)) return format
  log.note(`the format \`${format}\` of the server was left out: this version recognises formats by itself`)
  return undefined
}
