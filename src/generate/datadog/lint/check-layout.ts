import type { Report } from '../../finding.ts'
import type { LayoutJson, WidgetJson } from './json-types.ts'

const COLUMNS = 12

/** Widgets lie within the grid and not upon one another, and a group is as high as what it holds, with a line for its title. */
export function checkPlaces(widgets: readonly WidgetJson[], at: string, report: Report): void {
  widgets.forEach(({ definition, layout }, index) => {
    const place = `${at}/${index}/layout`
    if (layout.x + layout.width > COLUMNS) report(place, `reaches beyond the ${COLUMNS} columns of the grid`)
    const other = widgets.findIndex(
      (candidate, earlier) => earlier < index && overlaps(candidate.layout, layout),
    )
    if (other !== -1) report(place, `lies upon widget ${other}`)
    if (definition.type === 'group' && layout.height <= heightOf(definition.widgets))
      report(place, 'is lower than what the group holds')
  })
}

function overlaps(one: LayoutJson, other: LayoutJson): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x
  const isBelow = one.y + one.height <= other.y || other.y + other.height <= one.y
  return !isBeside && !isBelow
}

/** What the widgets of a group need; what is not yet known to be widgets needs nothing. */
function heightOf(widgets: unknown): number {
  const list = Array.isArray(widgets) ? (widgets as Partial<WidgetJson>[]) : []
  return Math.max(0, ...list.map(({ layout }) => (layout ? layout.y + layout.height : 0)))
}
