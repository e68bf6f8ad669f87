import { isScalar, type Node } from 'yaml'
import { describeNode } from './describe-node.ts'
import { placeOf, report, type Reading, type Where } from './reading.ts'
import type { NumberShape, Read } from './shape.ts'
import { exampleHint, reportType } from './wrong-type.ts'

/** Reads a number, or reports what is wrong with it. */
export function readNumber(
  reading: Reading,
  shape: NumberShape,
  node: Node | null,
  where: Where,
): Read<number> | undefined {
  if (!isScalar(node) || typeof node.value !== 'number') {
    reportType(reading, node, where, 'a number', `Write it without quotes or unit. ${exampleHint(where)}`)
    return undefined
  }
  const at = placeOf(reading, node)
  const fault = faultOf(shape, node.value, node.source ?? '')
  if (fault === undefined) return { value: node.value, at }
  const message = `${where.label} must ${fault}, but is ${describeNode(node)}`
  report(reading, where, 'CONTRACT_BAD_NUMBER', message, exampleHint(where), at)
  return undefined
}

/** What the number must do and does not. YAML 1.2 reads `012` as twelve, YAML 1.1 as ten: neither is clear to a reader. */
function faultOf({ above, below, whole }: NumberShape, value: number, source: string): string | undefined {
  if (/^[-+]?0\d/.test(source)) return 'not begin with a zero, which some readers take for an octal number'
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'be a number that can be kept exactly'
  if (!(value > above && value < below)) return `be above ${above} and below ${below}`
  if (whole && !Number.isInteger(value)) return 'be a whole number'
  return undefined
}
