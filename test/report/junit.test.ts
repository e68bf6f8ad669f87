import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { junitXml } from '../../src/report/junit.ts'
import { parseXml } from './xml.ts'

describe('a JUnit report', () => {
  test('counts its tests, whole and by suite', () => {
    const detail = { message: 'm', type: 't', text: 'x' }
    const report = parseXml(
      junitXml('all', [
        {
          name: 'one',
          cases: [
            { name: 'a', classname: 'one' },
            { name: 'b', classname: 'one', failure: detail },
          ],
        },
        {
          name: 'two',
          cases: [
            { name: 'c', classname: 'two', error: detail },
            { name: 'd', classname: 'two', skipped: 'not today' },
          ],
        },
      ]),
    )
    expect(report.attributes).toEqual({ name: 'all', tests: '4', failures: '1', errors: '1', skipped: '1' })
    expect(report.children.map(({ attributes }) => attributes.failures)).toEqual(['1', '0'])
    expect(report.children[1]?.children[1]?.children[0]).toMatchObject({
      name: 'skipped',
      attributes: { message: 'not today' },
    })
  })

  test('names the place and the time of a test', () => {
    const xml = junitXml('all', [
      { name: 's', cases: [{ name: 'a', classname: 'c', file: 'a.yaml', line: 3, seconds: 0.25 }] },
    ])
    expect(xml).toContain('<testcase name="a" classname="c" file="a.yaml" line="3" time="0.250"/>')
  })

  test('is well-formed XML and keeps every character that XML can hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(text, text, text, (name, message, body) => {
        const failure = { message, type: 'T', text: body }
        const report = parseXml(junitXml('r', [{ name: 's', cases: [{ name, classname: 'c', failure }] }]))
        const shown = report.children[0]?.children[0]
        expect(shown?.attributes.name).toHaveLength(sparing(name).length)
        expect(shown?.children[0]?.attributes.message).toBe(sparing(message))
        expect(shown?.children[0]?.text).toBe(sparing(body))
      }),
    )
  })

  test('keeps what looks like mark-up as text', () => {
    const failure = { message: 'a\nb\t"c"', type: 'T', text: ']]> <!-- <a b="c">&amp;' }
    const report = parseXml(junitXml('r', [{ name: 's', cases: [{ name: 'n', classname: 'c', failure }] }]))
    const shown = report.children[0]?.children[0]?.children[0]
    expect([shown?.attributes.message, shown?.text]).toEqual([failure.message, failure.text])
  })
})

/** The text with what XML can't hold replaced. */
function sparing(text: string): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0
    const isControl = point < 0x20 && ![9, 10, 13].includes(point)
    const isHalf = point >= 0xd8_00 && point <= 0xdf_ff
    return isControl || isHalf || point === 0xff_fe || point === 0xff_ff ? '\u{FFFD}' : character
  }).join('')
}
