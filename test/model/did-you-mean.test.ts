import { expect, test } from 'vitest'
import { nearest } from '../../src/model/did-you-mean.ts'

test.each([
  ['cuont', ['sum', 'count', 'contains'], 'count'],
  ['asert', ['assert', 'schema'], 'assert'],
  ['WHEN', ['when'], 'when'],
  ['descripton', ['dimension', 'description'], 'description'],
  ['severety', ['severity'], 'severity'],
])('%s means one of %j: %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
})

test.each([
  ['price', ['assert', 'schema']],
  ['x', ['y', 'xy']],
  ['', ['when']],
  ['owner', []],
])('%s is near to none of %j', (word, candidates) => {
  expect(nearest(word, candidates)).toBeUndefined()
})

test('of equally near candidates the first one wins', () => {
  expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
})
