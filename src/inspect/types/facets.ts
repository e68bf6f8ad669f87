import { createSafeRegExp } from '../../expression/index.ts'
import { FORMAT_CHECKS } from '../../evaluate/formats.ts'
import { ALL_NUMBERS, ALL_TEXTS } from './type.ts'
import type { Numbers, Texts } from './type.ts'

/** Sets of constants beyond this are no longer kept as sets. */
const MAX_VALUES = 500

export function numbersOf(values: readonly number[]): Numbers | undefined {
  if (values.length === 0) return undefined
  return {
    ...ALL_NUMBERS,
    min: Math.min(...values),
    max: Math.max(...values),
    isInteger: values.every((value) => Number.isInteger(value)),
    values,
  }
}

export function textsOf(values: readonly string[]): Texts | undefined {
  if (values.length === 0) return undefined
  const lengths = values.map(lengthOf)
  return { ...ALL_TEXTS, minLength: Math.min(...lengths), maxLength: Math.max(...lengths), values }
}

/** In characters, as JSON Schema and `$length` count. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}

export function unionNumbers(a: Numbers, b: Numbers): Numbers {
  return {
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    isMinOpen: (a.min < b.min || a.isMinOpen) && (b.min < a.min || b.isMinOpen),
    isMaxOpen: (a.max > b.max || a.isMaxOpen) && (b.max > a.max || b.isMaxOpen),
    isInteger: a.isInteger && b.isInteger,
    values: unionValues(a.values, b.values),
  }
}

export function unionTexts(a: Texts, b: Texts): Texts {
  return {
    values: unionValues(a.values, b.values),
    minLength: Math.min(a.minLength, b.minLength),
    maxLength: Math.max(a.maxLength, b.maxLength),
    formats: a.formats.filter((format) => b.formats.includes(format)),
    patterns: a.patterns.filter((pattern) => b.patterns.includes(pattern)),
    letterCase: a.letterCase === b.letterCase ? a.letterCase : undefined,
  }
}

function unionValues<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined {
  if (!a || !b || a.length + b.length > MAX_VALUES) return undefined
  return [...new Set([...a, ...b])]
}

/** The numbers that are in both; undefined if there are none. */
export function meetNumbers(a: Numbers, b: Numbers): Numbers | undefined {
  const values = a.values ?? b.values
  if (values) return numbersOf(values.filter((value) => admitsNumber(a, value) && admitsNumber(b, value)))
  const both: Numbers = {
    min: Math.max(a.min, b.min),
    max: Math.min(a.max, b.max),
    isMinOpen: (a.isMinOpen && a.min >= b.min) || (b.isMinOpen && b.min >= a.min),
    isMaxOpen: (a.isMaxOpen && a.max <= b.max) || (b.isMaxOpen && b.max <= a.max),
    isInteger: a.isInteger || b.isInteger,
    values: undefined,
  }
  const isEmpty = both.min > both.max || (both.min === both.max && (both.isMinOpen || both.isMaxOpen))
  return isEmpty ? undefined : both
}

export function admitsNumber(numbers: Numbers, value: number): boolean {
  if (numbers.values) return numbers.values.includes(value)
  if (numbers.isInteger && !Number.isInteger(value)) return false
  const isAbove = numbers.isMinOpen ? value > numbers.min : value >= numbers.min
  return isAbove && (numbers.isMaxOpen ? value < numbers.max : value <= numbers.max)
}

/** The texts that are in both; undefined if there are certainly none. */
export function meetTexts(a: Texts, b: Texts): Texts | undefined {
  const values = a.values ?? b.values
  if (values) return textsOf(values.filter((value) => admitsText(a, value) && admitsText(b, value)))
  const both: Texts = {
    values: undefined,
    minLength: Math.max(a.minLength, b.minLength),
    maxLength: Math.min(a.maxLength, b.maxLength),
    formats: [...new Set([...a.formats, ...b.formats])],
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    letterCase: a.letterCase ?? b.letterCase,
  }
  return both.minLength > both.maxLength ? undefined : both
}

export function admitsText(texts: Texts, value: string): boolean {
  if (texts.values) return texts.values.includes(value)
  const length = lengthOf(value)
  return (
    length >= texts.minLength &&
    length <= texts.maxLength &&
    isOfCase(texts.letterCase, value) &&
    texts.formats.every((format) => isOfFormat(format, value)) &&
    texts.patterns.every((pattern) => matchesPattern(pattern, 'u', value))
  )
}

function isOfCase(letterCase: Texts['letterCase'], value: string): boolean {
  if (letterCase === undefined) return true
  return value === (letterCase === 'upper' ? value.toUpperCase() : value.toLowerCase())
}

function isOfFormat(format: string, value: string): boolean {
  const check = FORMAT_CHECKS[format]
  return typeof check !== 'function' || check(value)
}

const compiledPatterns = new Map<string, ((text: string) => boolean) | undefined>()
const MAX_COMPILED_PATTERNS = 5000

/** Whether a regular expression matches somewhere in a text. One that can't be run is taken to match: the schema itself is reported. */
export function matchesPattern(source: string, flags: string, text: string): boolean {
  const key = `${flags}/${source}`
  if (!compiledPatterns.has(key)) {
    if (compiledPatterns.size >= MAX_COMPILED_PATTERNS) compiledPatterns.clear()
    compiledPatterns.set(key, compilePattern(source, flags))
  }
  return compiledPatterns.get(key)?.(text) ?? true
}

function compilePattern(source: string, flags: string): ((text: string) => boolean) | undefined {
  try {
    const regExp = createSafeRegExp(source, flags)
    return (text) => regExp.test(text)
  } catch {
    return undefined
  }
}
