import type { Json } from '../../to-json.ts'

/** Columns of Datadog's grid. */
const COLUMNS = 12
/** What the title of a group takes. */
const TITLE_HEIGHT = 1

/** Widgets side by side, all of one height; the widths are those of the grid. */
export interface Row {
  readonly height: number
  readonly widgets: readonly { readonly width: number; readonly definition: Json }[]
}

/** Rows under one title. */
export interface Section {
  readonly title: string
  readonly color: 'blue' | 'purple' | 'pink' | 'orange' | 'yellow' | 'green' | 'gray'
  readonly rows: readonly Row[]
}

/** A row whose widgets share the width evenly. */
export function row(height: number, ...definitions: readonly Json[]): Row {
  const width = Math.floor(COLUMNS / definitions.length)
  return { height, widgets: definitions.map((definition) => ({ width, definition })) }
}

/** Sections below one another, each as a group with its own grid. */
export function placeSections(sections: readonly Section[]): Json[] {
  let top = 0
  return sections.map(({ title, color, rows }) => {
    const inner = rows.reduce((sum, { height }) => sum + height, 0)
    const height = inner + TITLE_HEIGHT
    const layout = { x: 0, y: top, width: COLUMNS, height }
    top += height
    const definition = {
      type: 'group',
      layout_type: 'ordered',
      title,
      show_title: true,
      background_color: color,
      widgets: placeRows(rows),
    }
    return { definition, layout }
  })
}

function placeRows(rows: readonly Row[]): Json[] {
  let top = 0
  return rows.flatMap(({ height, widgets }) => {
    let left = 0
    const y = top
    top += height
    return widgets.map(({ width, definition }) => {
      const layout = { x: left, y, width, height }
      left += width
      return { definition, layout }
    })
  })
}
