import { createRequire } from 'node:module'
import { Fault } from '../../errors/fault.ts'

/** A request as the client hands it to be sent. */
export interface ClientRequest {
  getUrl(): string
  getHttpMethod(): string
  getHeaders(): Record<string, string>
  getBody(): unknown
}

/** A method of one of the client's API classes: parameters by name. */
type ApiMethod = (parameters?: Readonly<Record<string, unknown>>) => Promise<unknown>
export type ApiClass = Readonly<Record<string, ApiMethod>>
type ApiConstructor = new (configuration: unknown) => ApiClass

interface Serializer {
  deserialize(data: unknown, type: string): unknown
}

/** What is used of `@datadog/datadog-api-client`. Its own declarations would make every type check read 133 MB. */
export interface DatadogClient {
  readonly client: {
    createConfiguration(settings: Readonly<Record<string, unknown>>): unknown
    readonly ServerConfiguration: new (url: string, variables: object) => unknown
    readonly ResponseContext: new (status: number, headers: object, body: object) => unknown
  }
  readonly v1: Readonly<Record<string, ApiConstructor>>
  readonly v2: Readonly<Record<string, ApiConstructor>>
  readonly models: { readonly v1: Serializer; readonly v2: Serializer }
}

const PACKAGE = '@datadog/datadog-api-client'

/**
 * Loads the client, which is an optional part: it is large, and only applying needs it.
 *
 * @throws Fault DATADOG_CLIENT_MISSING
 */
export function loadClient(): DatadogClient {
  const require = createRequire(import.meta.url)
  try {
    const { client, v1, v2 } = require(PACKAGE) as Omit<DatadogClient, 'models'>
    const models = { v1: serializer(require, 'v1'), v2: serializer(require, 'v2') }
    return { client, v1, v2, models }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
    const reason = isMissing ? 'is not installed' : `can’t be loaded (${String(error)})`
    throw new Fault(
      'DATADOG_CLIENT_MISSING',
      `${PACKAGE} ${reason}, and applying needs it`,
      `Install it beside Assay: npm install --save-exact ${PACKAGE}@1.64.0; or build the image with --build-arg WITH_DATADOG_CLIENT=yes. Terraform needs it not: the generated folder is a module.`,
      { cause: error },
    )
  }
}

function serializer(require: NodeJS.Require, version: 'v1' | 'v2'): Serializer {
  const path = `${PACKAGE}/dist/packages/datadog-api-client-${version}/models/ObjectSerializer.js`
  return (require(path) as { ObjectSerializer: Serializer }).ObjectSerializer
}
