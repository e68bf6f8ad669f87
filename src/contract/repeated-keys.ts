import { isScalar, type Node, type YAMLMap } from 'yaml'
import { quote } from './describe-node.ts'
import { placeOf, report, type Reading, type Where } from './reading.ts'

/** Reports keys that a mapping has twice, and merge keys. */
export function checkRepeatedKeys(reading: Reading, map: YAMLMap<Node, Node | null>, where: Where): void {
  const first = new Map<string, Node>()
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    const earlier = first.get(name)
    if (name === '<<') reportMergeKey(reading, key, where)
    else if (earlier) reportRepetition(reading, name, earlier, key, where)
    else first.set(name, key)
  }
}

function reportRepetition(reading: Reading, name: string, earlier: Node, later: Node, where: Where): void {
  const { line, column } = placeOf(reading, earlier)
  const message = `the key ${quote(name)} was already given at ${line}:${column}`
  const hint = 'Keep one of the two. A mapping can hold a key only once.'
  report(reading, where, 'YAML_DUPLICATE_KEY', message, hint, placeOf(reading, later))
}

function reportMergeKey(reading: Reading, key: Node, where: Where): void {
  const message = 'merge keys (`<<`) belong to YAML 1.1 and are not enabled'
  const hint =
    'Write the keys out. A whole value can be repeated with an anchor (`&name`) and an alias (`*name`).'
  report(reading, where, 'YAML_MERGE_KEY', message, hint, placeOf(reading, key))
}
