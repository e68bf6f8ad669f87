import { checkText } from '../../check-text.ts'
import type { Catalogue } from '../../catalogue-check.ts'
import type { Finding, Report } from '../../finding.ts'
import { metricsByName } from '../../promql/known-metrics.ts'
import { isSound } from '../../shapes/is-sound.ts'
import { GRAFANA_MARK } from '../dashboard.ts'
import type { Board, BoardJson } from './board.ts'
import { checkBoard } from './check-board.ts'
import { checkFolder } from './check-links.ts'
import { DASHBOARD, PANELS } from './shapes.ts'

const SUFFIX = '.dashboard.json'

/**
 * What Grafana would refuse in a generated folder, or what would show nothing or something else than it says. Files without the mark are
 * passed over, unless they are named like ours.
 *
 * @param files texts by path, relative to the folder
 */
export function lintGrafana(files: ReadonlyMap<string, string>, catalogue: Catalogue): Finding[] {
  const findings: Finding[] = []
  const boards: Board[] = []
  const known = metricsByName(catalogue)
  for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const report = (at: string, message: string) => {
      findings.push({ path, at, message })
    }
    if (!path.endsWith(SUFFIX)) {
      if (text.includes(GRAFANA_MARK)) report('', 'is no file that is generated')
      continue
    }
    const board = readBoard(text, report)
    if (board === undefined) continue
    boards.push({ path, board, text })
    checkBoard({ path, board, text }, known, report)
  }
  return [...findings, ...checkFolder(boards)]
}

/** The dashboard if its shape is right. */
function readBoard(text: string, report: Report): BoardJson | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    report('', `is no JSON: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
  checkText(text, json, report)
  if (!isSound(DASHBOARD, json, '', report)) return undefined
  const board = json as BoardJson
  const sound = board.panels.map((panel, index) => {
    const shape = PANELS[panel.type]
    if (shape !== undefined) return isSound(shape, panel, `/panels/${index}`, report)
    report(`/panels/${index}/type`, `no panel ${panel.type} is among what is generated`)
    return false
  })
  return sound.every(Boolean) ? board : undefined
}
