import { describe, expect, test } from 'vitest'
import { type ArtefactKind, kindOfPath } from '../../../src/generate/datadog/artefact.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../support.ts'
import { modelFaults } from './models.ts'

const FILES = datadogFiles(contractsBelow(EVERY_KIND))

/** Files of one kind, with the path of each. */
function filesOf(kind: ArtefactKind): [string, string][] {
  return [...FILES].filter(([path]) => kindOfPath(path) === kind)
}

describe('the public models of the API take all that is generated', () => {
  test.each(['dashboard', 'monitor', 'slo', 'entity', 'notificationRule', 'metadata', 'tags'] as const)(
    '%s',
    (kind) => {
      const files = filesOf(kind)
      expect(files.length).toBeGreaterThan(0)
      expect(
        files.flatMap(([path, text]) => modelFaults(kind, text).map((fault) => `${path}: ${fault}`)),
      ).toEqual([])
    },
  )
})

describe('the models are really asked', () => {
  test.each<[string, ArtefactKind, string, string]>([
    ['an unknown key', 'monitor', '"priority"', '"prioriti"'],
    ['an unknown type of widget', 'dashboard', '"type": "toplist"', '"type": "top_list"'],
    ['an unknown timeframe', 'slo', '"timeframe": "30d"', '"timeframe": "31d"'],
    ['a number that is text', 'slo', '"target_threshold": 99', '"target_threshold": "99"'],
    ['an unknown kind of entity', 'entity', '"kind": "queue"', '"kind": "topic"'],
    ['a missing name', 'notificationRule', '"name"', '"title"'],
    ['an unknown type of metric', 'tags', '"metric_type": "gauge"', '"metric_type": "gouge"'],
  ])('%s is refused', (_, kind, from, to) => {
    const changed = filesOf(kind)
      .find(([, text]) => text.includes(from))?.[1]
      .replace(from, to)
    expect(modelFaults(kind, changed ?? '{}')).not.toEqual([])
  })
})
