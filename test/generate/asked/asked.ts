/** A metric that something generated names, with the tags that it goes by. */
export interface Asked {
  /** The file and the query, for whoever reads what is missing. */
  readonly where: string
  readonly metric: string
  readonly tags: Readonly<Record<string, Wanted>>
  /** What kind of metric it is said to be, where it is said. */
  readonly type?: string
}

/** Values that will do: all, or those of which this is true. */
export type Wanted = 'any' | ((value: string) => boolean)

/** A series that came somewhere. */
export interface Series {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly type?: string
}

/** Tags that say what came of something, or where that is one of several: for each there may be no series with this value yet. */
const OUTCOMES: ReadonlySet<string> = new Set([
  'result',
  'reason',
  'status',
  'severity',
  'promise',
  'partition',
  'le',
])

/** Whether a series must have the very values, or only the tags. */
export type Strictness = 'values' | 'tags'

/**
 * What nothing answers: a metric that never came, or never with all these tags together, or values by which nothing that came is named.
 *
 * @param strictness for each metric, whether there must be a series with all the values that are asked for
 */
export function unanswered(
  asked: readonly Asked[],
  series: readonly Series[],
  strictness: (metric: string) => Strictness,
): string[] {
  const byName = Map.groupBy(series, ({ name }) => name)
  const lacking = asked.flatMap((each) => {
    const answers = (byName.get(each.metric) ?? []).filter(
      ({ type }) => each.type === undefined || each.type === type,
    )
    const isStrict = strictness(each.metric) === 'values'
    if (!answers.some(({ tags }) => hasTags(tags, each.tags, isStrict))) return [each.where]
    // A name that nothing carries is a wrong one, also where this metric of it comes only with a fault.
    const isNamed = series.some(({ tags }) => hasNames(tags, each.tags))
    return isNamed ? [] : [`${each.where}: nothing has these names`]
  })
  return [...new Set(lacking)]
}

function hasTags(tags: Series['tags'], asked: Asked['tags'], isStrict: boolean): boolean {
  return Object.entries(asked).every(([tag, wanted]) => {
    const value = tags[tag]
    return value !== undefined && (!isStrict || wanted === 'any' || wanted(value))
  })
}

function hasNames(tags: Series['tags'], asked: Asked['tags']): boolean {
  const names = Object.entries(asked).filter(([tag, wanted]) => wanted !== 'any' && !OUTCOMES.has(tag))
  return hasTags(tags, Object.fromEntries(names), true)
}
