import type { Catalogue } from '../../catalogue-check.ts'
import type { Report } from '../../finding.ts'
import { isShare } from './check-query.ts'
import { type Expression, partsOf, queriesOf } from './expression.ts'
import type { FormulaJson, NamedQuery } from './json-types.ts'

/** Counts add up over the time that is shown; anything else of them would be that of one interval. */
export function checkAggregators(queries: readonly NamedQuery[], at: string, report: Report): void {
  queries.forEach(({ query, aggregator }, index) => {
    if (aggregator === undefined) return
    const isCount = query.endsWith('.as_count()')
    if (isCount !== (aggregator === 'sum'))
      report(`${at}/${index}/aggregator`, isCount ? 'counts add up: sum is expected' : 'only counts add up')
  })
}

/** Where nothing failed there are no failures to count: their share would be no number, instead of 0. */
export function checkZero(expression: Expression, at: string, report: Report): void {
  for (const part of partsOf(expression)) {
    if (part.kind !== 'binary' || part.operator !== '/') continue
    const isZero = partsOf(part.left).some((each) => each.kind === 'call' && each.name === 'default_zero')
    if (!isZero)
      report(at, 'shows nothing where nothing failed: default_zero(…) around what is divided is missing')
  }
}

/** A number without its unit can be anything. */
export function checkUnit(
  expression: Expression,
  formula: FormulaJson | undefined,
  catalogue: Catalogue,
  at: string,
  report: Report,
): void {
  const units = queriesOf(expression).map(({ metric }) => catalogue[metric]?.unit)
  const expected = isShare(expression) ? 'percent' : units.includes('second') ? 'second' : undefined
  const unit = formula?.number_format?.unit.unit_name
  if (unit !== expected)
    report(at, `the unit is ${expected ?? 'none that Datadog could scale'}, not ${unit ?? 'missing'}`)
}

const OTHER_SIDE: Readonly<Record<string, string>> = { '<=': '>', '<': '>=', '>=': '<', '>': '<=' }

/** The first that holds decides: one that lies within an earlier one can never be seen. */
export function checkFormats(formula: FormulaJson | undefined, at: string, report: Report): void {
  const formats = formula?.conditional_formats ?? []
  // Of what is good, little is bad; of everything else, much.
  const bad = formula?.formula.startsWith('100 -') === true ? '<' : '>'
  const isWrong = formats.some(
    ({ palette, comparator }) => (palette === 'white_on_green') === comparator.startsWith(bad),
  )
  if (isWrong) report(at, `red and yellow are for ${bad}, and green for the other side`)
  // What is not yet good and no longer bad would have no colour, as if nobody had judged it.
  const [good, worse] = [formats.at(-1), formats.at(-2)]
  if (
    good !== undefined &&
    !(good.value === worse?.value && OTHER_SIDE[good.comparator] === worse.comparator)
  )
    report(at, 'the last two must share a bound and lie on both sides of it')
  formats.forEach(({ comparator, value }, index) => {
    const isHidden = formats.slice(0, index).some((earlier) => {
      if (earlier.comparator[0] !== comparator[0]) return false
      if (earlier.value === value) return earlier.comparator.length >= comparator.length
      return comparator.startsWith('>') ? value > earlier.value : value < earlier.value
    })
    if (isHidden) report(`${at}/${index}`, 'is hidden by an earlier one')
  })
}

const BOARD_OF_CONTRACT = '/dashboard/lists?q=Contract%20{{contract.value}}'

/** Links lead somewhere in every account, with values that the groups of the widget have. */
export function checkLinks(
  links: readonly { link: string }[] | undefined,
  groups: ReadonlySet<string>,
  at: string,
  report: Report,
): void {
  for (const [index, { link }] of (links ?? []).entries()) {
    for (const [, tag] of link.matchAll(/\{\{([a-z_]+)\.value\}\}/g)) {
      if (tag !== undefined && !groups.has(tag))
        report(`${at}/${index}/link`, `${link} needs groups by ${tag}`)
    }
    if (/[{}]/.test(link.replaceAll(/\{\{[a-z_]+\.value\}\}/g, '')))
      report(`${at}/${index}/link`, `${link} has braces that mean nothing`)
    if (link.startsWith('/') && link !== BOARD_OF_CONTRACT)
      report(
        `${at}/${index}/link`,
        `${link} holds an id that only one account has, or finds nothing: dashboards are looked for by title, ${BOARD_OF_CONTRACT}`,
      )
  }
}
