import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { normaliseTagValue } from '../../src/model/tag.ts'

describe('a tag value', () => {
  test.each([
    ['ads.ad-published', 'ads.ad-published'],
    ['Team Search', 'team_search'],
    ['a//b:c.d-e', 'a//b:c.d-e'],
    ['a__b', 'a_b'],
    ['a (b)', 'a_b'],
    ['name_', 'name'],
    ['name:_:', 'name'],
    ['Ünï', '_n'],
    ['a|b,c#d@e', 'a_b_c_d_e'],
    ['日本', 'unnamed'],
    ['', 'unnamed'],
  ])('%j becomes %j', (value, expected) => {
    expect(normaliseTagValue(value)).toBe(expected)
  })

  test('is cut so that the longest tag stays within 200 characters', () => {
    expect(`consumer_group:${normaliseTagValue('a'.repeat(500))}`).toHaveLength(200)
  })

  test('is, whatever it was made of, what Datadog would keep, and stays the same when made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (value) => {
        const tag = normaliseTagValue(value)
        expect(tag).toMatch(/^[a-z0-9_\-.:/]{0,199}[a-z0-9\-./]$/)
        expect(tag).not.toContain('__')
        expect(normaliseTagValue(tag)).toBe(tag)
      }),
    )
  })

  test('is made of a long run of underscores in no time', () => {
    expect(normaliseTagValue(`${'_'.repeat(1_000_000)}a`)).toBe('_a')
  })
})
