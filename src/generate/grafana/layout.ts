import type { Json } from '../to-json.ts'
import { DATASOURCE } from './datasource.ts'

/** Columns of Grafana’s grid. */
export const COLUMNS = 24
const TITLE_HEIGHT = 1

/** A panel before it has its place and its id. */
export type Panel = Readonly<Record<string, Json>>

/** Panels side by side, all of one height. */
export interface Row {
  readonly height: number
  readonly panels: readonly Panel[]
}

/** Rows under one title. */
export interface Section {
  readonly title: string
  readonly rows: readonly Row[]
}

/** A row whose panels share the width evenly. */
export function row(height: number, ...panels: readonly Panel[]): Row {
  return { height, panels }
}

/** Panels in rows of at most so many. */
export function rowsOf(height: number, most: number, panels: readonly Panel[]): Row[] {
  return Array.from({ length: Math.ceil(panels.length / most) }, (_, index) =>
    row(height, ...panels.slice(index * most, (index + 1) * most)),
  )
}

/** All panels below one another, with their places and ids from 1. */
export function placeSections(sections: readonly Section[]): Panel[] {
  let top = 0
  const placed: Panel[] = []
  const place = (panels: readonly Panel[], height: number) => {
    const width = Math.floor(COLUMNS / panels.length)
    for (const [index, panel] of panels.entries()) {
      const gridPos = { x: index * width, y: top, w: width, h: height }
      placed.push({ id: placed.length + 1, datasource: DATASOURCE, ...panel, gridPos })
    }
    top += height
  }
  for (const { title, rows } of sections) {
    place([{ type: 'row', title, collapsed: false, panels: [] }], TITLE_HEIGHT)
    for (const { height, panels } of rows) place(panels, height)
  }
  return placed
}
