/** Datadog's limit for a whole tag (`key:value`). */
const MAX_TAG_LENGTH = 200
/** The longest key of the metric catalogue, with its colon: what is left of the limit belongs to the value. */
const LONGEST_KEY = 'consumer_group:'
const MAX_VALUE_LENGTH = MAX_TAG_LENGTH - LONGEST_KEY.length

/** Stands for a value of which nothing is left, for Datadog drops a tag that ends with its colon. */
const NOTHING_LEFT = 'unnamed'

/**
 * The form in which Datadog keeps a tag value, so that what we send is what a query finds: lower case, everything but ASCII letters,
 * digits and `_ - . : /` replaced by `_`, runs of `_` reduced to one, none (and no `:`) at the end, at most 200 characters with the key.
 * Applying it twice changes nothing. Source: Datadog's documentation, "Getting started with tags: define tags".
 */
export function normaliseTagValue(value: string): string {
  const readable = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9_\-.:/]+/g, '_')
    .replaceAll(/_+/g, '_')
  return withoutTrailing(readable.slice(0, MAX_VALUE_LENGTH)) || NOTHING_LEFT
}

/** Walks from the end: a regular expression anchored there would try every run of `_:` from each of its characters. */
function withoutTrailing(value: string): string {
  let end = value.length
  while (end > 0 && (value[end - 1] === '_' || value[end - 1] === ':')) end -= 1
  return value.slice(0, end)
}
