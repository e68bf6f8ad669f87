import { nearest } from '../model/did-you-mean.ts'
import { quote } from './describe-node.ts'
import { report, type Reading, type Reference } from './reading.ts'

/** Reports references to records that are not there, or that are of another kind. */
export function reportLostReferences(reading: Reading): void {
  for (const reference of reading.references) {
    const { to, name, check, where, at } = reference
    const target = reading.named.find((record) => record.noun === to && record.name === name)
    const names = `${where.label} names ${to} ${quote(name)}`
    const hint = hintFor(reading, reference)
    if (!target) {
      report(reading, where, 'CONTRACT_UNKNOWN_RULE', `${names}, which is not in this file`, hint, at)
    } else if (check !== undefined && !target.keys.includes(check)) {
      report(reading, where, 'CONTRACT_WRONG_RULE_KIND', `${names}, which has no \`${check}\``, hint, at)
    }
  }
}

function hintFor(reading: Reading, { to, name, check }: Reference): string {
  const fitting = reading.named.filter(
    ({ noun, keys }) => noun === to && (check === undefined || keys.includes(check)),
  )
  const withCheck = check === undefined ? '' : ` with \`${check}\``
  const names = fitting.map((record) => record.name)
  const meant = nearest(name, names)
  if (meant !== undefined) return `Did you mean ${quote(meant)}?`
  if (names.length > 0) return `The file has these${withCheck}: ${names.map(quote).join(', ')}.`
  return `Add a ${to}${withCheck}, or remove what refers to it.`
}
