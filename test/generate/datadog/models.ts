import { createRequire } from 'node:module'
import { isDeepStrictEqual } from 'node:util'
import type { ArtefactKind } from '../../../src/generate/datadog/artefact.ts'

/** What this uses of the client's serializers: they know the public models of the API, and nothing of the API itself. */
interface Serializer {
  deserialize(data: unknown, type: string): unknown
  serialize(data: unknown, type: string): unknown
}

const require = createRequire(import.meta.url)
const PACKAGES = '@datadog/datadog-api-client/dist/packages'
const { UnparsedObject } = require(`${PACKAGES}/datadog-api-client-common/util.js`) as {
  UnparsedObject: new (data: unknown) => object
}

function serializerOf(version: 'v1' | 'v2'): Serializer {
  const path = `${PACKAGES}/datadog-api-client-${version}/models/ObjectSerializer.js`
  return (require(path) as { ObjectSerializer: Serializer }).ObjectSerializer
}

const V1 = serializerOf('v1')
const V2 = serializerOf('v2')

/** The model of a body, by the kind of the file. */
const MODELS: Readonly<
  Record<ArtefactKind, { serializer: Serializer; type: string; bodies: (json: unknown) => unknown[] }>
> = {
  dashboard: { serializer: V1, type: 'Dashboard', bodies: whole },
  monitor: { serializer: V1, type: 'Monitor', bodies: whole },
  slo: { serializer: V1, type: 'ServiceLevelObjectiveRequest', bodies: whole },
  entity: { serializer: V2, type: 'EntityV3', bodies: whole },
  notificationRule: { serializer: V2, type: 'MonitorNotificationRuleCreateRequest', bodies: whole },
  metadata: { serializer: V1, type: 'MetricMetadata', bodies: eachMetric },
  tags: { serializer: V2, type: 'MetricTagConfigurationCreateAttributes', bodies: eachMetric },
}

function whole(json: unknown): unknown[] {
  return [json]
}

function eachMetric(json: unknown): unknown[] {
  return Object.values((json as { metrics: object }).metrics)
}

/** What the public models refuse in a file: what is missing, of another type or not of a closed set, and keys that they don't know. */
export function modelFaults(kind: ArtefactKind, text: string): string[] {
  const { serializer, type, bodies } = MODELS[kind]
  return bodies(JSON.parse(text)).flatMap((body) => bodyFaults(serializer, type, body))
}

export function bodyFaults(serializer: Serializer, type: string, body: unknown): string[] {
  try {
    const model = serializer.deserialize(body, type)
    const faults = unknownParts(model, type)
    if (faults.length > 0) return faults
    const back = JSON.parse(JSON.stringify(serializer.serialize(model, type))) as unknown
    return isDeepStrictEqual(back, body) ? [] : [`${type}: another body comes back`]
  } catch (error) {
    return [`${type}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** The serializers keep what they don't know instead of refusing it: so it is looked for. */
function unknownParts(value: unknown, at: string): string[] {
  if (value instanceof UnparsedObject) return [`${at}: matches no model`]
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownParts(item, `${at}/${index}`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const isUnknown =
      key === 'additionalProperties' && Object.keys((inner as object | undefined) ?? {}).length > 0
    if (isUnknown) return [`${at}: has unknown keys ${Object.keys(inner as object).join(', ')}`]
    return unknownParts(inner, `${at}/${key}`)
  })
}

export { V1, V2 }
