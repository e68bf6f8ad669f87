import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { derive } from '../../tools/derive-jsonata/derivation.ts'
import { applyEdits } from '../../tools/derive-jsonata/edits.ts'
import { PINNED, assertPinned } from '../../tools/derive-jsonata/pinned.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('jsonata/jsonata.js'), 'utf8')
const RUNTIME = readFileSync(join(ROOT, 'tools/derive-jsonata/runtime.mjs'), 'utf8')
const LICENCE = 'MIT\n\nas is'

describe('the derived module', () => {
  const derived = derive(SOURCE, RUNTIME, LICENCE)

  test('is the same each time, and the one that is generated', () => {
    expect(derive(SOURCE, RUNTIME, LICENCE)).toBe(derived)
    const generated = readFileSync(join(ROOT, 'generated/jsonata-sync.mjs'), 'utf8')
    const licence = readFileSync(join(ROOT, 'generated/LICENSE.jsonata'), 'utf8')
    expect(derive(SOURCE, RUNTIME, licence)).toBe(generated)
  })

  test('begins with the licence', () => {
    expect(derived.split('\n').slice(1, 4)).toEqual(['// MIT', '//', '// as is'])
  })

  test('has nothing asynchronous left, and no stack traces', () => {
    const code = derived.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
    expect(code).not.toMatch(/\basync (function|\()|\bawait\b|Promise\.|new Error\b/)
  })
})

describe('anything unexpected ends it with the reason', () => {
  test.each([
    [
      'a place that is missing',
      'environment.base.depth++;',
      '',
      /evaluate: 1 × "environment\.base\.depth\+\+;" expected, 0 found/,
    ],
    [
      'a place that is there twice',
      'environment.base.depth--;',
      'environment.base.depth--; environment.base.depth--;',
      /1 × .* expected, 2 found/,
    ],
    [
      'another number of awaits',
      'await evaluateBlock',
      'evaluateBlock',
      /awaited values: 103 expected in jsonata\.js, 102 found/,
    ],
    ['another bundle', '{"./utils":6}],2:[function', '{"./utils":6}],x:[function', /table of modules/],
    ['a syntax error', 'async function evaluatePath(', 'async function (', /Unexpected token/],
  ])('%s', (_, from, to, message) => {
    expect(() => derive(SOURCE.replace(from, to), RUNTIME, LICENCE)).toThrow(message)
  })

  test('another version, or another source of the same version', () => {
    expect(() => assertPinned(PINNED.version, SOURCE)).not.toThrow()
    expect(() => assertPinned('2.2.3', SOURCE)).toThrow('jsonata 2.2.2 is needed, but 2.2.3 is installed')
    expect(() => assertPinned(PINNED.version, `${SOURCE}\n`)).toThrow('SHA-256')
  })

  test('edits that overlap', () => {
    const edits = [
      { start: 0, end: 3, text: 'x' },
      { start: 2, end: 4, text: 'y' },
    ]
    expect(() => applyEdits('abcdef', edits)).toThrow('overlap')
  })
})
