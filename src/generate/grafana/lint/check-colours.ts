import type { Report } from '../../finding.ts'
import type { LookJson, PanelJson } from './board.ts'
import { groupedBy } from './check-questions.ts'

/** Whether the colours of thresholds and of statuses are seen, and lines keep theirs. */
export function checkColours(
  { type, options, targets = [], fieldConfig }: PanelJson,
  at: string,
  report: Report,
): void {
  if (fieldConfig === undefined) return
  const place = `${at}/fieldConfig/defaults`
  const { defaults } = fieldConfig
  const isColoured = hasColours(defaults)
  if (type === 'timeseries') return checkLines(defaults, place, report)
  checkMode(defaults, isColoured, place, report)
  if (type !== 'stat') return
  if ((options?.colorMode === 'background') !== isColoured)
    report(`${at}/options/colorMode`, isColoured ? 'its colours are not shown' : 'has no colours to show')
  const isOfMany = targets.length > 1 || targets.some(({ expr }) => groupedBy(expr).length > 0)
  if (isOfMany && options?.textMode !== 'value_and_name')
    report(`${at}/options/textMode`, 'shows several values, and whose they are is not said: value_and_name')
}

/** A cell has a colour only if its column says by what, and that the cell shows it. */
export function checkCell(look: LookJson, ids: readonly string[], at: string, report: Report): void {
  const isColoured = look.mappings !== undefined || look.thresholds !== undefined
  if (isColoured) checkMode(look, isColoured, at, report)
  if (isColoured !== ids.includes('custom.cellOptions'))
    report(at, isColoured ? 'its colours are not shown: custom.cellOptions' : 'has no colours to show')
}

/** Whether a value’s colour says something. */
function hasColours({ thresholds, mappings }: LookJson): boolean {
  return mappings !== undefined || (thresholds?.steps.length ?? 0) > 1
}

function checkMode({ color }: LookJson, isColoured: boolean, at: string, report: Report): void {
  const expected = isColoured ? 'thresholds' : 'palette-classic'
  if (color !== undefined && color.mode !== expected) report(`${at}/color`, `colours go by ${expected}`)
  if (color === undefined && isColoured) report(at, 'colours go by the series unless color says thresholds')
}

/** Lines are told apart by their colours; bounds are lines of their own. */
function checkLines(look: LookJson, at: string, report: Report): void {
  const { color, custom } = look
  if (color?.mode !== 'palette-classic')
    report(`${at}/color`, 'all lines would have one colour: palette-classic')
  if ((custom?.thresholdsStyle.mode === 'line') !== hasColours(look))
    report(
      `${at}/custom/thresholdsStyle`,
      hasColours(look) ? 'its bounds are not drawn' : 'has no bounds to draw',
    )
  if ((custom?.stacking.mode === 'normal') !== (custom?.drawStyle === 'bars'))
    report(`${at}/custom/stacking`, 'bars add up, lines don’t')
}
