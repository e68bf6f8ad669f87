import type { Finding } from '../../finding.ts'
import type { Artefact } from '../artefact.ts'
import { terraformFiles } from '../terraform.ts'

/** Places that are told of one file: beyond them it is another file. */
const MOST_PLACES = 5

/** Terraform follows from the files that it reads, so it is made anew from them and compared. */
export function checkTerraform(
  artefacts: readonly Artefact[],
  found: ReadonlyMap<string, string>,
): Finding[] {
  const wanted = new Map(terraformFiles(artefacts).map(({ path, text }) => [path, text]))
  const differing = [...wanted].flatMap(([path, text]) => differencesOf(path, text, found.get(path)))
  const extra = [...found].filter(([path]) => !wanted.has(path))
  return [
    ...differing,
    ...extra.map(([path]) => ({ path, at: '', message: 'reads files of which there are none' })),
  ]
}

function differencesOf(path: string, wanted: string, found: string | undefined): Finding[] {
  if (found === wanted) return []
  if (found === undefined) return [{ path, at: '', message: 'is missing: nothing reads the files beside it' }]
  const places: Finding[] = []
  try {
    compare(JSON.parse(wanted), JSON.parse(found), '', (at, message) => places.push({ path, at, message }))
  } catch (error) {
    return [
      { path, at: '', message: `is no JSON: ${error instanceof Error ? error.message : String(error)}` },
    ]
  }
  const others = { path, at: '', message: 'says the same, but not in the form in which it is written' }
  return places.length === 0 ? [others] : places.slice(0, MOST_PLACES)
}

/** Reports where values differ, at the innermost places. */
function compare(
  wanted: unknown,
  found: unknown,
  at: string,
  report: (at: string, message: string) => void,
): void {
  if (!isObject(wanted) || !isObject(found)) {
    if (JSON.stringify(wanted) !== JSON.stringify(found))
      report(at, `does not read the files beside it as it should: ${JSON.stringify(wanted)} is expected`)
    return
  }
  for (const key of Object.keys(wanted).filter((each) => !(each in found)))
    report(`${at}/${key}`, 'is missing: it does not read a file beside it')
  for (const key of Object.keys(found)) {
    if (key in wanted) compare(wanted[key], found[key], `${at}/${key}`, report)
    else report(`${at}/${key}`, 'does not read the files beside it: nothing like it is generated')
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
