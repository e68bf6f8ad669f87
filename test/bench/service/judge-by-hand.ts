/** What an event may hold. Planted faults put anything anywhere, so everything is looked at before it is used. */
interface LooseEvent {
  readonly occurred_at?: unknown
  readonly user?: { readonly type?: unknown; readonly siret?: unknown }
  readonly ad?: {
    readonly status?: unknown
    readonly category?: unknown
    readonly title?: unknown
    readonly price?: { readonly amount?: unknown; readonly currency?: unknown }
    readonly images?: readonly unknown[]
    readonly attributes?: readonly { readonly key: unknown; readonly value: unknown }[]
  }
  readonly location?: { readonly lat?: unknown; readonly lng?: unknown }
}

type Check = (event: LooseEvent) => boolean

/** The ten assertions of the contract, in its order and with its verdicts: a missing value or a wrong type fails. */
const CHECKS: readonly Check[] = [
  ({ ad }) => isBetween(ad?.price?.amount, Number.MIN_VALUE, Number.MAX_VALUE),
  ({ user }) => user?.type !== 'pro' || user.siret !== undefined,
  ({ ad }) => (ad?.images?.length ?? 0) <= 10,
  ({ ad }) => ad?.price?.currency === 'EUR' || ad?.price?.currency === 'CHF',
  ({ occurred_at: occurredAt }) => typeof occurredAt === 'string' && Date.parse(occurredAt) < Date.now(),
  ({ location }) => isBetween(location?.lat, 41, 51.5) && isBetween(location?.lng, -5.5, 10),
  ({ ad }) => typeof ad?.title === 'string' && ad.title.length >= 5 && /[a-z]/i.test(ad.title),
  ({ ad }) => hasOnePlausibleYear(ad?.attributes ?? []),
  ({ ad }) => !(ad?.status === 'active' && ad.category === ''),
  ({ ad }) => addressesFit(ad?.images ?? []),
]

/** Judges one event; counts the passes of check `i` in `passed[i + 1]`, for the schema comes first. */
export function judgeByHand(event: unknown, passed: Float64Array): void {
  for (let index = 0; index < CHECKS.length; index++) {
    if (CHECKS[index]?.(event as LooseEvent) === true) passed[index + 1] = (passed[index + 1] ?? 0) + 1
  }
}

function isBetween(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high
}

function hasOnePlausibleYear(
  attributes: readonly { readonly key: unknown; readonly value: unknown }[],
): boolean {
  const years = attributes.filter(({ key }) => key === 'year')
  return years.length === 1 && Number(years[0]?.value) > 1950
}

/** No images have no sum, which is not true. */
function addressesFit(images: readonly unknown[]): boolean {
  let characters = 0
  for (const image of images) {
    if (typeof image !== 'string') return false
    characters += image.length
  }
  return images.length > 0 && characters < 1000
}
