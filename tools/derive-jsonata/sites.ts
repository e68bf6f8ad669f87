import type { Edit } from './edits.ts'
import type { AnyNode } from './syntax-tree.ts'
import { functionsByName, walk } from './syntax-tree.ts'

/**
 * A piece of upstream's source that is written anew. `find` is the text of a whole syntax node, with runs of white space as one space; a
 * trailing ellipsis stands for the rest of the node.
 */
export interface Site {
  /** The function in which to look; undefined looks everywhere. */
  readonly within?: string
  readonly find: string
  readonly replace: string
  /** How often it stands there; once if absent. */
  readonly times?: number
}

/** The edits of all sites. Throws if one of them is found more or less often than it says. */
export function siteEdits(program: AnyNode, source: string, sites: readonly Site[]): Edit[] {
  const functions = functionsByName(program)
  return sites.flatMap((site) => {
    const roots = site.within === undefined ? [program] : (functions.get(site.within) ?? [])
    const edits = roots.flatMap((root) => findAll(root, source, site))
    const times = site.times ?? 1
    if (edits.length !== times) {
      throw new Error(
        `${site.within ?? 'jsonata.js'}: ${times} × ${JSON.stringify(site.find)} expected, ${edits.length} found`,
      )
    }
    return edits
  })
}

function findAll(root: AnyNode, source: string, site: Site): Edit[] {
  const edits: Edit[] = []
  walk(root, ({ start, end }) => {
    if (!matches(source, start, end, site.find)) return true
    edits.push({ start, end, text: site.replace })
    return false
  })
  return edits
}

/** White space may make a text longer than what is looked for, within reason. */
const LONGEST = 4

function matches(source: string, start: number, end: number, find: string): boolean {
  const isPrefix = find.endsWith('…')
  const wanted = isPrefix ? find.slice(0, -1) : find
  if (source[start] !== wanted[0] || end - start < wanted.length) return false
  if (!isPrefix && end - start > wanted.length * LONGEST) return false
  const text = source.slice(start, Math.min(end, start + wanted.length * LONGEST)).replaceAll(/\s+/g, ' ')
  return isPrefix ? text.startsWith(wanted) : text === wanted
}
