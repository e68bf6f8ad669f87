import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiServer } from '../../generate/datadog/api-server.ts'
import { EVERY_KIND } from '../../generate/support.ts'
import { assay, Files, type Outcome } from '../support.ts'

export const KEYS = { DD_API_KEY: 'key-a', DD_APP_KEY: 'key-b' }
/** One contract, for every request takes its time. */
export const STOCK = join(EVERY_KIND, 'warehouse')

type Body = Record<string, unknown>

/** A generated folder, and a server that has all of it, unless it is told to have nothing. */
export class Stage {
  readonly files = new Files()
  server = new ApiServer()
  url = ''
  #folder = this.files.at('generated')
  #applied: ApiServer['stores'] | undefined

  /** Generates the folder, and applies it once. */
  async prepare(): Promise<void> {
    await this.generate([STOCK], '--env', 'prod')
    this.url = await this.server.start()
    const { exitCode, out, err } = await this.apply('--yes')
    if (exitCode !== 0) throw new Error(out + err)
    this.#applied = this.server.snapshot()
    await this.server.stop()
  }

  /** A new server, with the folder as it was generated. */
  async begin({ isApplied }: { readonly isApplied: boolean }): Promise<void> {
    this.server = new ApiServer()
    this.url = await this.server.start()
    this.#folder = this.files.at('generated')
    if (isApplied && this.#applied !== undefined) this.server.restore(this.#applied)
  }

  async generate(paths: readonly string[], ...flags: readonly string[]): Promise<void> {
    const { exitCode, err } = await assay(['generate', 'datadog', ...paths, '--out', this.#folder, ...flags])
    if (exitCode !== 0) throw new Error(err)
  }

  /** From here on the test has a folder of its own, which is empty unless it is a copy. */
  own({ isCopy }: { readonly isCopy: boolean } = { isCopy: false }): void {
    const folder = this.files.at(`own-${Math.random()}`)
    if (isCopy) cpSync(this.#folder, folder, { recursive: true })
    this.#folder = folder
  }

  get folder(): string {
    return this.#folder
  }

  /** Changes a file in a way that its check allows. */
  change(path: string, from: string, to: string): void {
    const file = join(this.#folder, path)
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  }

  apply(...flags: readonly string[]): Promise<Outcome> {
    return assay(['apply', 'datadog', this.#folder, '--api-url', this.url, ...flags], KEYS)
  }

  /** The one thing with a tag that the server has. */
  tagged(kind: 'monitor' | 'slo', tag: string): Body {
    const found = [...this.server.stores[kind].values()].filter(({ tags }) =>
      (tags as string[]).includes(tag),
    )
    if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} have ${tag}`)
    return found[0]
  }

  /** Removes by hand. */
  lose(kind: 'monitor' | 'slo', tag: string): void {
    this.server.stores[kind].delete(String(this.tagged(kind, tag).id))
  }

  /** Makes by hand a second thing, like the first in all but what is given. */
  add(kind: 'monitor' | 'slo', like: Body, body: Body): void {
    this.server.stores[kind].set(String(body.id), { ...structuredClone(like), ...body })
  }
}

/** The line that begins so. */
export function sumOf({ out }: Outcome, start: 'Plan' | 'Applied'): string | undefined {
  return out.split('\n').find((line) => line.startsWith(`${start}:`))
}

/** So many things are made of the usual contract: 31 settings of metrics, and what is its own. */
export const COUNT = 87
export const NOTHING_TO_DO = `Plan: 0 to create, 0 to change, ${COUNT} unchanged, 0 orphaned`

/** One for all tests: to load Datadog’s client and to apply a folder takes its time. */
export const stage = new Stage()
