import type { JsonTree } from '../model/json-tree.ts'

/** A JSON value as the text that a producer would send, each number with its digits. */
export function jsonText(tree: JsonTree): string {
  if (tree === null || typeof tree !== 'object') return JSON.stringify(tree)
  if ('digits' in tree) return tree.digits
  if (isMap(tree)) {
    const entries = Array.from(tree, ([key, value]) => `${JSON.stringify(key)}:${jsonText(value)}`)
    return `{${entries.join(',')}}`
  }
  return `[${tree.map(jsonText).join(',')}]`
}

/** JSON text as a tree. The caller has made sure that it is JSON, and not nested too deeply. */
export function jsonTree(text: string): JsonTree {
  // The types of the language don't know yet that a reviver is told the source of a number (ECMAScript 2026).
  return JSON.parse(text, toTree as (key: string, value: unknown) => unknown) as JsonTree
}

function toTree(_: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value === 'number') return { digits: context.source ?? String(value) }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? new Map(Object.entries(value)) : value
}

/** A JSON merge patch, RFC 7386: keys are set, `null` removes one, anything but an object replaces what was there. */
export function mergePatch(target: JsonTree | undefined, patch: JsonTree): JsonTree {
  if (!isMap(patch)) return patch
  const merged = new Map(isMap(target) ? target : [])
  for (const [key, value] of patch) {
    if (value === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  }
  return merged
}

function isMap(tree: JsonTree | undefined): tree is ReadonlyMap<string, JsonTree> {
  return tree instanceof Map
}
