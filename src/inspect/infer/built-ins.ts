/**
 * The signatures of JSONata's functions, in its own notation: s text, n number, b boolean, l null, o object, a list, f function, j any JSON
 * value, x anything; (…) one of several; <…> what a list or function is made of; ? may be left out; - is `$` if left out; after the colon
 * the result. Source: docs.jsonata.org, "Embedding and extending JSONata: function signature syntax".
 */
export const SIGNATURES: Readonly<Record<string, string>> = {
  sum: '<a<n>:n>',
  count: '<a:n>',
  max: '<a<n>:n>',
  min: '<a<n>:n>',
  average: '<a<n>:n>',
  string: '<x-b?:s>',
  substring: '<s-nn?:s>',
  substringBefore: '<s-s:s>',
  substringAfter: '<s-s:s>',
  lowercase: '<s-:s>',
  uppercase: '<s-:s>',
  length: '<s-:n>',
  trim: '<s-:s>',
  pad: '<s-ns?:s>',
  match: '<s-fn?:a>',
  contains: '<s-(sf):b>',
  replace: '<s-(sf)(sf)n?:s>',
  split: '<s-(sf)n?:a>',
  join: '<a<s>s?:s>',
  formatNumber: '<n-so?:s>',
  formatBase: '<n-n?:s>',
  formatInteger: '<n-s:s>',
  parseInteger: '<s-s:n>',
  number: '<(nsb)-:n>',
  floor: '<n-:n>',
  ceil: '<n-:n>',
  round: '<n-n?:n>',
  abs: '<n-:n>',
  sqrt: '<n-:n>',
  power: '<n-n:n>',
  boolean: '<x-:b>',
  not: '<x-:b>',
  map: '<af:x>',
  zip: '<a+:x>',
  filter: '<af:x>',
  single: '<af?:x>',
  reduce: '<afj?:x>',
  sift: '<o-f?:x>',
  keys: '<x-:x>',
  lookup: '<x-s:x>',
  append: '<xx:x>',
  exists: '<x:b>',
  spread: '<x-:x>',
  merge: '<a<o>:o>',
  reverse: '<a:a>',
  each: '<o-f:x>',
  error: '<s?:x>',
  assert: '<bs?:x>',
  type: '<x:s>',
  sort: '<af?:a>',
  distinct: '<x:x>',
  base64encode: '<s-:s>',
  base64decode: '<s-:s>',
  encodeUrlComponent: '<s-:s>',
  encodeUrl: '<s-:s>',
  decodeUrlComponent: '<s-:s>',
  decodeUrl: '<s-:s>',
  toMillis: '<s-s?:n>',
  fromMillis: '<n-s?s?:s>',
  clone: '<(oa)-:x>',
}

/** What a function takes and gives. */
export interface Signature {
  readonly parameters: readonly Parameter[]
  readonly result: string
}

export interface Parameter {
  /** Letters of the kinds that are taken. */
  readonly kinds: string
  /** Letter of the kind that the items of a list must be. */
  readonly items: string | undefined
  readonly isOptional: boolean
  readonly isContext: boolean
  readonly isRepeated: boolean
}

const PARAMETER = /(\([a-z]+\)|[a-z])(?:<([a-z])>)?([-?+]?)/g

const parsed = new Map<string, Signature>()

/** The signature of a built-in function; undefined if it has none, or there is no such function. */
export function signatureOf(name: string): Signature | undefined {
  const text = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined
  if (text === undefined) return undefined
  const known = parsed.get(name) ?? parseSignature(text)
  parsed.set(name, known)
  return known
}

function parseSignature(text: string): Signature {
  const [parameters = '', result = 'x'] = text.slice(1, -1).split(':')
  return {
    result,
    parameters: Array.from(parameters.matchAll(PARAMETER), ([, kinds = '', items, mark]) => ({
      kinds: kinds.replaceAll(/[()]/g, ''),
      items,
      isOptional: mark === '?',
      isContext: mark === '-',
      isRepeated: mark === '+',
    })),
  }
}

/** Functions that have a value although their first argument has none. */
export const DEFINED_ON_NOTHING: ReadonlySet<string> = new Set([
  'count',
  'exists',
  'append',
  'now',
  'millis',
  'error',
])
/** Functions that may end with an error although their arguments are of the right types. */
export const MAY_FAIL: ReadonlySet<string> = new Set(
  'assert base64decode decodeUrl decodeUrlComponent encodeUrl encodeUrlComponent error formatBase formatInteger formatNumber fromMillis number parseInteger power replace single sort split sqrt toMillis'.split(
    ' ',
  ),
)
/** Functions whose caller asks whether there is a value, or how many. */
export const ASKING: ReadonlySet<string> = new Set(['count', 'exists', 'boolean', 'type', 'append', 'assert'])
