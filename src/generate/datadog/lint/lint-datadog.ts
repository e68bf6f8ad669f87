import { GENERATED_MARK } from '../../../model/generated-file.ts'
import type { Catalogue } from '../../catalogue-check.ts'
import type { Json } from '../../to-json.ts'
import { type Artefact, kindOfPath } from '../artefact.ts'
import { checkAgreement } from './check-agreement.ts'
import { checkDashboard } from './check-dashboard.ts'
import { checkFolder, slosByPlaceholder } from './check-folder.ts'
import { checkMetadata, checkTagConfiguration, percentilesOf } from './check-metrics.ts'
import { checkMonitor, type MonitorPlace } from './check-monitor.ts'
import { ShapeChecker } from './check-shape.ts'
import { checkSlo } from './check-slo.ts'
import { checkTerraform } from './check-terraform.ts'
import { checkText } from '../../check-text.ts'
import type { Finding } from '../../finding.ts'

/** Compiles each shape once, when it is first needed. */
const shapes = new ShapeChecker()

/**
 * What Datadog would refuse in a generated folder, or what would mislead those who read it, as far as that can be known without Datadog:
 * the shape of everything, the grammar of queries, and all that refers to something else. Files without the mark are passed over.
 *
 * @param files texts by path, relative to the folder
 */
export function lintDatadog(files: ReadonlyMap<string, string>, catalogue: Catalogue): Finding[] {
  const findings: Finding[] = []
  const artefacts: Artefact[] = []
  const terraform = new Map<string, string>()
  for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const kind = kindOfPath(path)
    if (kind === undefined && !text.includes(GENERATED_MARK)) continue
    if (path.endsWith('.tf.json')) terraform.set(path, text)
    else if (kind === undefined) findings.push({ path, at: '', message: 'is no file that is generated' })
    else readArtefact(path, kind, text, artefacts, findings)
  }
  const tags = artefacts.find(({ kind }) => kind === 'tags')
  const place = { catalogue, percentiles: percentilesOf(tags?.json), variables: new Map(), slos: new Map() }
  const sound = artefacts.filter((artefact) => {
    const found = artefact.kind === 'slo' ? checkArtefact(artefact, place) : undefined
    findings.push(...(found ?? []))
    return found?.length === 0
  })
  const withSlos = { ...place, slos: slosByPlaceholder(sound) }
  for (const artefact of artefacts) {
    if (artefact.kind !== 'slo') findings.push(...checkArtefact(artefact, withSlos))
  }
  // What is not sound in itself could not be held against the rest.
  if (findings.length > 0) return findings
  return [...checkFolder(artefacts), ...checkAgreement(artefacts), ...checkTerraform(artefacts, terraform)]
}

function readArtefact(
  path: string,
  kind: Artefact['kind'],
  text: string,
  artefacts: Artefact[],
  findings: Finding[],
): void {
  try {
    const json = JSON.parse(text) as Json
    artefacts.push({ path, kind, json })
    checkText(text, json, (at, message) => findings.push({ path, at, message }))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    findings.push({ path, at: '', message: `is no JSON: ${message}` })
  }
}

function checkArtefact({ kind, path, json }: Artefact, place: MonitorPlace): Finding[] {
  const findings: Finding[] = []
  const report = (at: string, message: string) => {
    findings.push({ path, at, message })
  }
  switch (kind) {
    case 'dashboard':
      checkDashboard(json, place, shapes, report)
      break
    case 'monitor':
      checkMonitor(json, place, shapes, report)
      break
    case 'slo':
      checkSlo(json, place, shapes, report)
      break
    case 'entity':
      shapes.isSound(`entity ${String((json as { kind?: unknown } | null)?.kind)}`, json, '', report)
      break
    case 'notificationRule':
      shapes.isSound('notificationRule', json, '', report)
      break
    case 'metadata':
      checkMetadata(json, place.catalogue, shapes, report)
      break
    case 'tags':
      checkTagConfiguration(json, place.catalogue, shapes, report)
      break
  }
  return findings
}
