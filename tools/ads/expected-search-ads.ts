import type { ExpectedContract, ExpectedVerdict } from './expected.ts'
import { isIsoTime, isNumberIn, isTextLike, isTextUpTo, isUuid, passIf, timeOf } from './predicates.ts'
import { at } from './read-json.ts'

/** rules/ads/search-ad-published.contract.yaml, by hand. */
export const SEARCH_AD_PUBLISHED: ExpectedContract = {
  id: 'ads.search-ad-published',
  topic: 'ads.ad-published.v1',
  tombstones: 'ignore',
  rules: [
    { id: 'ad_shape', severity: 'error', judge: (event) => passIf(hasAdShape(event)) },
    { id: 'price_is_positive', severity: 'error', judge: pricePositive },
    {
      id: 'currency_is_known',
      severity: 'error',
      judge: (event) => passIf(['EUR', 'CHF'].includes(at(event, 'ad', 'price', 'currency') as string)),
    },
    {
      id: 'not_from_the_future',
      severity: 'error',
      judge: (event, nowMs) => passIf(timeOf(at(event, 'occurred_at')) < nowMs),
    },
    { id: 'in_service_area', severity: 'error', judge: (event) => passIf(isInServiceArea(event)) },
    {
      id: 'title_is_searchable',
      severity: 'warning',
      judge: (event) => passIf(isSearchable(at(event, 'ad', 'title'))),
    },
    {
      id: 'active_ad_has_category',
      severity: 'error',
      judge: (event) =>
        passIf(!(at(event, 'ad', 'status') === 'active' && at(event, 'ad', 'category') === '')),
    },
    { id: 'at_most_ten_images', severity: 'warning', judge: (event) => passIf(imagesOf(event).length <= 10) },
    { id: 'image_addresses_fit', severity: 'info', judge: imageAddressesFit },
    { id: 'car_has_one_plausible_year', severity: 'warning', judge: carYear },
  ],
}

function hasAdShape(event: unknown): boolean {
  return (
    isUuid(at(event, 'event_id')) &&
    at(event, 'event_type') === 'ad.published' &&
    isIsoTime(at(event, 'occurred_at')) &&
    isTextLike(at(event, 'user', 'id'), /^u-[0-9]+$/) &&
    ['pro', 'private'].includes(at(event, 'user', 'type') as string) &&
    hasLocationShape(at(event, 'location')) &&
    hasInnerShape(at(event, 'ad'))
  )
}

function hasLocationShape(location: unknown): boolean {
  const postcode = at(location, 'postcode')
  return (
    isNumberIn(at(location, 'lat'), -90, 90) &&
    isNumberIn(at(location, 'lng'), -180, 180) &&
    isTextLike(at(location, 'country'), /^[A-Z]{2}$/) &&
    (postcode === undefined || isTextUpTo(postcode, 10))
  )
}

function hasInnerShape(ad: unknown): boolean {
  return (
    isTextLike(at(ad, 'id'), /^ad-[0-9]+$/) &&
    ['active', 'paused', 'sold'].includes(at(ad, 'status') as string) &&
    isTextUpTo(at(ad, 'category'), 40) &&
    isTextUpTo(at(ad, 'title'), 120) &&
    typeof at(ad, 'price', 'amount') === 'number' &&
    isTextLike(at(ad, 'price', 'currency'), /^[A-Z]{3}$/) &&
    isListOf(at(ad, 'images'), (image) => isTextLike(image, /^https:\/\/\S+$/)) &&
    isListOf(at(ad, 'attributes'), isAttribute)
  )
}

function isListOf(list: unknown, isItem: (item: unknown) => boolean): boolean {
  return list === undefined || (Array.isArray(list) && list.every(isItem))
}

function isAttribute(attribute: unknown): boolean {
  return typeof at(attribute, 'key') === 'string' && typeof at(attribute, 'value') === 'string'
}

function pricePositive(event: unknown): ExpectedVerdict {
  if (at(event, 'ad', 'status') !== 'active') return 'skip'
  return passIf(isNumberIn(at(event, 'ad', 'price', 'amount'), Number.MIN_VALUE, Infinity))
}

function isInServiceArea(event: unknown): boolean {
  return (
    isNumberIn(at(event, 'location', 'lat'), 41, 51.5) && isNumberIn(at(event, 'location', 'lng'), -5.5, 10)
  )
}

function isSearchable(title: unknown): boolean {
  return typeof title === 'string' && [...title].length >= 5 && /[a-z]/i.test(title)
}

function imagesOf(event: unknown): readonly unknown[] {
  const images = at(event, 'ad', 'images')
  return Array.isArray(images) ? images : []
}

function imageAddressesFit(event: unknown): ExpectedVerdict {
  const images = imagesOf(event)
  if (images.length === 0) return 'skip'
  if (images.some((image) => typeof image !== 'string')) return 'fail'
  return passIf(images.join('').length < 1000)
}

function carYear(event: unknown): ExpectedVerdict {
  if (at(event, 'ad', 'category') !== 'cars') return 'skip'
  const attributes = at(event, 'ad', 'attributes')
  const years = Array.isArray(attributes)
    ? attributes.filter((attribute) => at(attribute, 'key') === 'year')
    : []
  return passIf(years.length === 1 && Number(at(years[0], 'value')) > 1950)
}
