import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { assay, Files } from '../cli/support.ts'

/** What an import reported, as its JSON output has it. */

/** What `validate` ends with where nothing is wrong. It may warn: what another tool asks for need not be sensible. */
export const NO_ERRORS = /no problems$|^\d+ problems? \(\d+ warnings?\)/m
export interface Report {
  readonly contracts: readonly { readonly id: string; readonly file: string; readonly rules: number }[]
  readonly written: readonly string[]
  readonly entries: readonly Entry[]
  readonly notes: readonly string[]
  readonly problems: readonly {
    readonly code: string
    readonly severity: string
    readonly line: number | null
    readonly column: number | null
    readonly message: string
    readonly hint: string
  }[]
}

export interface Entry {
  readonly kind: string
  readonly name: string
  readonly line: number
  readonly outcome: 'imported' | 'listed'
  readonly into?: string
  readonly reason?: string
}

export interface Import extends Report {
  readonly exitCode: number
  /** Texts of the files that were written, by their path in the rules folder. */
  readonly files: Readonly<Record<string, string>>
  /** What `assay validate` says of them. */
  readonly validated: string
}

/** Imports a text, as a person would, and validates what came of it. */
export async function importText(
  format: string,
  text: string,
  { name = 'source.yaml', flags = [] as readonly string[] } = {},
): Promise<Import> {
  const files = new Files()
  try {
    const source = files.write(name, text)
    const out = files.at('out')
    const { exitCode, out: output } = await assay([
      'import',
      format,
      source,
      '--out',
      out,
      '--output',
      'json',
      ...flags,
    ])
    const written = textsBelow(out)
    const validated = written === undefined ? '' : (await assay(['validate', out])).out
    return { ...(JSON.parse(output) as Report), exitCode, files: written ?? {}, validated }
  } finally {
    files.remove()
  }
}

/** Rules of the only contract that was written, as they stand in its file. */
export function contractText({ files }: Import): string {
  const [only, another] = Object.entries(files).filter(([path]) => path.endsWith('.contract.yaml'))
  if (only === undefined || another !== undefined) throw new Error(`not one contract: ${Object.keys(files)}`)
  return only[1]
}

/** The only schema that was written. */
export function schemaOf({ files }: Import): Record<string, unknown> {
  const [only] = Object.entries(files).filter(([path]) => path.endsWith('.json'))
  return JSON.parse(only?.[1] ?? 'null') as Record<string, unknown>
}

function textsBelow(folder: string): Record<string, string> | undefined {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))
  const files = paths.filter((path) => statSync(path).isFile())
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
}
