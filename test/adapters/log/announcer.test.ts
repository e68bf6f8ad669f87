import { expect, test } from 'vitest'
import { LogAnnouncer } from '../../../src/adapters/log/announcer.ts'
import { ALERT_TYPES } from '../../../src/model/notice.ts'
import { MemoryLog } from '../../engine/memory.ts'

test('a notice is one line, as loud as it is bad, with its facts as fields', async () => {
  const log = new MemoryLog()
  for (const alertType of ALERT_TYPES) {
    const texts = { title: alertType, text: 'a\nb', aggregationKey: 'c' }
    await new LogAnnouncer(log).announce({ ...texts, alertType, tags: {}, fields: { contract: 'ads' } })
  }
  expect(log.lines.map(({ level, message }) => [message, level])).toEqual([
    ['error', 'error'],
    ['warning', 'warn'],
    ['info', 'info'],
    ['success', 'info'],
  ])
  expect(log.lines[0]?.fields).toEqual({ contract: 'ads' })
})
