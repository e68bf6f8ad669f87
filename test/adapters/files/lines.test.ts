import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLines } from '../../../src/adapters/files/lines.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-lines-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Lines of a file with this content, as number and Latin-1 text (which keeps every byte). */
async function linesOf(content: string | Buffer): Promise<[number, string][]> {
  const file = join(folder, 'lines')
  writeFileSync(file, content)
  const lines: [number, string][] = []
  for await (const { number, bytes } of readLines(file)) lines.push([number, bytes.toString('latin1')])
  return lines
}

test.each<[string, string | Buffer, [number, string][]]>([
  ['an empty file has none', '', []],
  ['line breaks alone are none', '\n\r\n\n', []],
  [
    'each line without its break',
    'a\nb\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'the last line needs no break',
    'a\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'breaks of Windows',
    'a\r\nb\r\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['a carriage return at the very end', 'a\r', [[1, 'a']]],
  ['a carriage return inside of a line stays', 'a\rb\n', [[1, 'a\rb']]],
  [
    'blank lines keep the numbering',
    '\na\n\r\n\nb',
    [
      [2, 'a'],
      [5, 'b'],
    ],
  ],
  [
    'blanks are no blank line',
    ' \na',
    [
      [1, ' '],
      [2, 'a'],
    ],
  ],
  [
    'bytes that are no UTF-8 stay as they are',
    Buffer.from([0xff, 0x0a, 0xfe, 0x80]),
    [
      [1, '\xff'],
      [2, '\xfe\x80'],
    ],
  ],
])('%s', async (_, content, lines) => {
  expect(await linesOf(content)).toEqual(lines)
})

/** What a file stream reads at a time. */
const CHUNK_BYTES = 65_536

test.each([-2, -1, 0, 1])('a break %i bytes from the end of a chunk', async (shift) => {
  const first = 'a'.repeat(CHUNK_BYTES + shift)
  expect(await linesOf(`${first}\r\nb\n`)).toEqual([
    [1, first],
    [2, 'b'],
  ])
})

test('a line of many chunks, and many lines of one chunk', async () => {
  const long = 'x'.repeat(3 * CHUNK_BYTES + 7)
  const lines = await linesOf(`${long}\n${'y\n'.repeat(10_000)}${long}`)
  expect(lines).toHaveLength(10_002)
  expect(lines[0]).toEqual([1, long])
  expect(lines.at(-1)).toEqual([10_002, long])
})

test('bytes of a line keep their value while later ones are read', async () => {
  const file = join(folder, 'kept')
  writeFileSync(file, Array.from({ length: 50_000 }, (_, index) => `line ${index}\n`).join(''))
  const kept: Buffer[] = []
  for await (const { bytes } of readLines(file)) kept.push(bytes)
  expect(kept.every((bytes, index) => bytes.toString() === `line ${index}`)).toBe(true)
})

test.each([
  ['a file that is not there', 'gone', 'ENOENT'],
  ['a folder', '.', 'EISDIR'],
])('%s is an error', async (_, path, code) => {
  const read = async () => {
    for await (const line of readLines(join(folder, path))) return line
    return undefined
  }
  await expect(read()).rejects.toMatchObject({ code })
})
