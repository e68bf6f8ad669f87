import type { ReferencedSchema } from '../../model/schema.ts'
import type { SchemaAnswer, SchemaProvider } from '../../ports/schema-provider.ts'
import { NotUsable, schemaIn, Unavailable } from './answers.ts'
import type { Reference, StoredSchema } from './answers.ts'
import type { RegistryConfig } from './config.ts'
import { Requests } from './request.ts'

/** More than any schema that people write refers to. */
const MAX_REFERENCES = 500

/** Schemas from a registry that speaks Confluent's REST API. */
export class SchemaRegistry implements SchemaProvider {
  readonly #urls: readonly string[]
  readonly #requests: Requests
  /** The place of the address that answered last. */
  #current = 0

  constructor(config: RegistryConfig) {
    this.#urls = config.urls.map((url) => url.replace(/\/$/, ''))
    this.#requests = new Requests(config)
  }

  ask(id: number): Promise<SchemaAnswer> {
    return this.#answer(`/schemas/ids/${id}`, `schema ${id}`)
  }

  /** Asks for the latest schema of a subject, with everything that it refers to. Never rejects. */
  latest(subject: string): Promise<SchemaAnswer> {
    return this.#answer(`/subjects/${encodeURIComponent(subject)}/versions/latest`, `the subject ${subject}`)
  }

  async #answer(path: string, what: string): Promise<SchemaAnswer> {
    try {
      const { kind, text, references } = await this.#get(path, what)
      return { kind: 'schema', schema: { kind, text, references: await this.#referenced(references) } }
    } catch (error) {
      if (error instanceof NotUsable) return { kind: 'unknown', detail: error.message }
      return { kind: 'unavailable', detail: error instanceof Error ? error.message : 'unknown' }
    }
  }

  close(): void {
    this.#requests.close()
  }

  /** All that is referred to, each before those that refer to it. */
  async #referenced(references: readonly Reference[], seen = new Set<string>()): Promise<ReferencedSchema[]> {
    const found: ReferencedSchema[] = []
    for (const { name, subject, version } of references) {
      const key = `${subject}/${version}/${name}`
      if (seen.has(key)) continue
      seen.add(key)
      if (seen.size > MAX_REFERENCES) throw new NotUsable(`it refers to more than ${MAX_REFERENCES} schemas`)
      const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`
      const schema = await this.#get(path, `version ${version} of ${subject}, to which it refers`)
      found.push(...(await this.#referenced(schema.references, seen)), { name, text: schema.text })
    }
    return found
  }

  /** Asks one address after the other, from the one that answered last. */
  async #get(path: string, what: string): Promise<StoredSchema> {
    const failed: string[] = []
    for (let attempt = 0; attempt < this.#urls.length; attempt++) {
      const place = (this.#current + attempt) % this.#urls.length
      const url = this.#urls[place] as string
      try {
        const schema = schemaIn(await this.#requests.get(url + path), what)
        this.#current = place
        return schema
      } catch (error) {
        if (error instanceof NotUsable) {
          this.#current = place
          throw error
        }
        failed.push(`${url}: ${reasonOf(error)}`)
      }
    }
    throw new Unavailable(failed.join('; '))
  }
}

/** What went wrong with a request, without what it carried. */
function reasonOf(error: unknown): string {
  if (error instanceof Unavailable) return error.message
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
