import { constantsOf, constantsType } from '../types/constants.ts'
import { matchesPattern, textsOf } from '../types/facets.ts'
import {
  ABSENT,
  BOOLEAN,
  FUNCTION,
  hasValue,
  listType,
  NEVER,
  NUMBER,
  numberType,
  objectType,
  orAbsent,
  orFault,
  present,
  TEXT,
  textType,
  UNKNOWN,
} from '../types/type.ts'
import type { Numbers, Type } from '../types/type.ts'
import { NO_MORE, objectOf } from '../types/objects.ts'
import { flowOf, typeOfFlow } from './flow.ts'
import type { Flow } from './flow.ts'
import {
  appended,
  asList,
  callAndForget,
  countOf,
  fieldsOf,
  filtered,
  lookedUp,
  mapped,
  ofNumbers,
  orUnknown,
  singleOf,
  sorted,
  sumOf,
} from './list-results.ts'
import { ifValue, wholeNumber } from './result-parts.ts'
import { booleansOf, truthOf } from './truth.ts'

/** What a function gives for its arguments. Whether they are there and of the right kind has been looked at before. */
export type Result = (args: readonly Type[]) => Type

/** Functions of whose result more is known than their signature says. */
export const RESULTS: ReadonlyMap<string, Result> = new Map<string, Result>([
  ['count', ([list = ABSENT]) => countOf(list)],
  [
    'exists',
    ([value = ABSENT]) => ({
      ...NEVER,
      booleans: booleansOf({ canBeTrue: hasValue(value), canBeFalse: value.isAbsent }),
    }),
  ],
  [
    'boolean',
    ([value = ABSENT]) => ifValue(value, { ...NEVER, booleans: booleansOf(truthOf(present(value))) }),
  ],
  ['not', ([value = ABSENT]) => ifValue(value, notOf(present(value)))],
  ['sum', ([list = ABSENT]) => ({ ...ofNumbers(list, sumOf), isAbsent: list.isAbsent })],
  ['max', ([list = ABSENT]) => ofNumbers(list, (numbers) => ({ ...NEVER, numbers }))],
  ['min', ([list = ABSENT]) => ofNumbers(list, (numbers) => ({ ...NEVER, numbers }))],
  ['average', ([list = ABSENT]) => ofNumbers(list, ({ min, max }) => numberType({ min, max }))],
  ['length', ([text = ABSENT]) => ifValue(text, wholeNumber(lengthsOf(text)))],
  ['lowercase', ([text = ABSENT]) => ifValue(text, inCase(text, 'lower'))],
  ['uppercase', ([text = ABSENT]) => ifValue(text, inCase(text, 'upper'))],
  [
    'abs',
    ([value = ABSENT]) =>
      ifValue(value, numberType({ min: 0, isInteger: value.numbers?.isInteger ?? false })),
  ],
  ['floor', ([value = ABSENT]) => ifValue(value, whole(value.numbers))],
  ['ceil', ([value = ABSENT]) => ifValue(value, whole(value.numbers))],
  ['type', ([value = ABSENT]) => ifValue(value, typeNames(value))],
  ['contains', ([text = ABSENT, part = ABSENT]) => ifValue(text, ifValue(part, containsOf(text, part)))],
  ['number', ([value = ABSENT]) => ifValue(value, toNumber(value))],
  ['string', ([value = ABSENT]) => ifValue(value, toText(value))],
  [
    'split',
    ([text = ABSENT]) =>
      ifValue(
        text,
        listType(() => TEXT),
      ),
  ],
  ['match', ([text = ABSENT]) => ifValue(text, typeOfFlow(MATCHES))],
  ['distinct', ([list = ABSENT]) => list],
  ['reverse', ([list = ABSENT]) => asList(list)],
  ['sort', ([list = ABSENT, by = ABSENT]) => sorted(list, by)],
  ['append', ([list = ABSENT, more = ABSENT]) => appended(list, more)],
  ['toMillis', ([text = ABSENT, picture]) => ifValue(text, picture ? orAbsent(NUMBER) : NUMBER)],
  ['filter', ([list = ABSENT, by = ABSENT]) => filtered(list, by)],
  ['map', ([list = ABSENT, by = ABSENT]) => mapped(list, by)],
  ['single', ([list = ABSENT, by = ABSENT]) => singleOf(list, by)],
  [
    'reduce',
    ([list = ABSENT, by = ABSENT, start = UNKNOWN]) =>
      callAndForget(by, [orUnknown(start), flowOf(list).item]),
  ],
  ['each', ([value = ABSENT, by = ABSENT]) => callAndForget(by, [fieldsOf(value), TEXT, value])],
  ['sift', ([value = ABSENT, by = ABSENT]) => callAndForget(by, [fieldsOf(value), TEXT, value])],
  ['lookup', ([value = ABSENT, name = ABSENT]) => lookedUp(value, name)],
  ['keys', () => UNKNOWN],
  ['error', () => UNKNOWN],
  ['assert', () => UNKNOWN],
])

const MATCH = objectType(
  objectOf(
    new Map([
      ['match', TEXT],
      ['index', numberType({ min: 0, isInteger: true })],
      ['groups', UNKNOWN],
    ]),
    NO_MORE,
  ),
)

/** Mostly one match is looked for. */
const MATCHES: Flow = { item: MATCH, min: 0, max: Infinity, presumedMax: 1, isUnsure: false }

function notOf(value: Type): Type {
  const { canBeTrue, canBeFalse } = truthOf(value)
  return { ...NEVER, booleans: booleansOf({ canBeTrue: canBeFalse, canBeFalse: canBeTrue }) }
}

function lengthsOf({ isUnknown, texts }: Type): { min: number; max: number } {
  return isUnknown || !texts ? { min: 0, max: Infinity } : { min: texts.minLength, max: texts.maxLength }
}

function inCase({ isUnknown, texts }: Type, letterCase: 'lower' | 'upper'): Type {
  const values = isUnknown ? undefined : texts?.values
  if (!values) return textType({ letterCase })
  return {
    ...NEVER,
    texts: textsOf(
      values.map((value) => (letterCase === 'lower' ? value.toLowerCase() : value.toUpperCase())),
    ),
  }
}

function whole(numbers: Numbers | undefined): Type {
  return numberType({
    min: Math.floor(numbers?.min ?? -Infinity),
    max: Math.ceil(numbers?.max ?? Infinity),
    isInteger: true,
  })
}

const TYPE_NAMES = ['null', 'number', 'string', 'boolean', 'array', 'object', 'function']

function typeNames(type: Type): Type {
  if (type.isUnknown) return constantsType(TYPE_NAMES)
  return constantsType(
    [
      type.isNull && 'null',
      type.numbers && 'number',
      type.texts && 'string',
      type.booleans.length > 0 && 'boolean',
      type.lists && 'array',
      type.objects.length > 0 && 'object',
      type.functions && 'function',
    ].filter((name) => typeof name === 'string'),
  )
}

/** Known texts can be tried out. */
function containsOf(text: Type, part: Type): Type {
  const values = text.isUnknown ? undefined : text.texts?.values
  const regex = part.functions?.regex
  const wanted = part.isUnknown ? undefined : part.texts?.values
  if (!values || (!regex && wanted?.length !== 1)) return BOOLEAN
  const flags = regex?.flags.replace('g', '') ?? ''
  const outcomes = values.map((value) =>
    regex ? matchesPattern(regex.source, flags, value) : value.includes(wanted?.[0] ?? ''),
  )
  return { ...NEVER, booleans: [...new Set(outcomes)] }
}

function toNumber(value: Type): Type {
  const constants = constantsOf(value)
  const numbers = constants?.map(Number)
  if (numbers?.every((number) => Number.isFinite(number))) return constantsType(numbers)
  if (value.numbers && !hasValue({ ...value, numbers: undefined }))
    return { ...NEVER, numbers: value.numbers }
  return orFault(NUMBER)
}

function toText(value: Type): Type {
  return value.texts && !hasValue({ ...value, texts: undefined }) ? { ...NEVER, texts: value.texts } : TEXT
}

/** What a signature's letter says of a result. */
export function resultOfKind(letter: string): Type {
  switch (letter) {
    case 's':
      return TEXT
    case 'n':
      return NUMBER
    case 'b':
      return BOOLEAN
    case 'f':
      return FUNCTION
    default:
      return UNKNOWN
  }
}
