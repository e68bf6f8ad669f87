import { describe, expect, test } from 'vitest'
import { countAt, listsOn, withItems } from '../../src/contract-test/item-counts.ts'

const EVENT = { ad: { images: ['a', 'b', 'c'], parts: [{ sizes: [1] }, { sizes: [1, 2] }, {}], title: 'x' } }

const sized = (path: readonly string[], count: number) => withItems(EVENT, path, count)

describe('lists on a path', () => {
  test.each([
    ['a list at its end', ['ad', 'images'], [{ path: ['ad', 'images'], count: 3 }]],
    [
      'a list on the way, and the longest of those inside',
      ['ad', 'parts', 'sizes'],
      [
        { path: ['ad', 'parts'], count: 3 },
        { path: ['ad', 'parts', 'sizes'], count: 2 },
      ],
    ],
    ['none', ['ad', 'title'], []],
    ['none where fields are missing', ['no', 'such', 'field'], []],
    ['none in a prototype', ['constructor', 'length'], []],
  ])('are %s', (_, path, expected) => expect(listsOn(EVENT, path)).toEqual(expected))

  test('are not looked for in the event itself', () => {
    expect(listsOn([{ a: 1 }], ['a'])).toEqual([])
  })
})

describe('another number of items', () => {
  test('is made of the first ones', () => {
    expect(sized(['ad', 'images'], 0)).toEqual({ ad: { ...EVENT.ad, images: [] } })
    expect(sized(['ad', 'images'], 2)).toEqual({ ad: { ...EVENT.ad, images: ['a', 'b'] } })
  })

  test('repeats the last one where there are too few', () => {
    expect(countAt(sized(['ad', 'parts', 'sizes'], 2), ['ad', 'parts', 'sizes'])).toBe(2)
    expect(withItems({ a: [7] }, ['a'], 2)).toEqual({ a: [7, 7] })
    expect(withItems({ a: [] }, ['a'], 2)).toEqual({ a: [] })
  })

  test('reaches lists inside of items, and leaves everything else alone', () => {
    expect(sized(['ad', 'parts', 'sizes'], 0)).toEqual({
      ad: { ...EVENT.ad, parts: [{ sizes: [] }, { sizes: [] }, {}] },
    })
    expect(sized(['ad', 'title'], 0)).toEqual(EVENT)
    expect(EVENT.ad.images).toEqual(['a', 'b', 'c'])
  })
})
