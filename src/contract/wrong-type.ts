import { isScalar, type Node } from 'yaml'
import { describeNode } from './describe-node.ts'
import { placeOf, report, type Reading, type Where } from './reading.ts'

/** Reports a value of another type than the expected one. */
export function reportType(
  reading: Reading,
  node: Node | null,
  where: Where,
  expected: string,
  hint: string,
): void {
  const isNothing = node === null || (isScalar(node) && node.value === null)
  const at = isNothing ? where.at : placeOf(reading, node)
  const message = `${where.label} must be ${expected}, but is ${describeNode(node)}`
  report(reading, where, 'CONTRACT_WRONG_TYPE', message, hint, at)
}

/** How it could look: the hint where nothing better can be said. */
export function exampleHint({ example }: Where): string {
  return `For example: \`${example}\`.`
}
