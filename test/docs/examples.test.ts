import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/main.ts')
const PAGES = ['README.md', ...globSync('{docs,examples}/**/*.md', { cwd: ROOT })].toSorted()

interface Block {
  readonly language: string
  readonly text: string
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

/** Commands of a console block, each with the output that the page shows. */
function sessionOf({ text }: Block): { command: string; output: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { command: part.slice(0, end), output: part.slice(end + 1).trimEnd() }
    })
}

/** Types a console block into a shell, and gives it back as it then looks. */
async function replay(block: Block, cwd: string): Promise<string> {
  let typed = ''
  let lastExitCode: number | null = 0
  for (const { command } of sessionOf(block)) {
    const script =
      command === 'echo $?'
        ? `echo ${lastExitCode}`
        : command.replace('npm run -s assay --', `"${process.execPath}" "${MAIN}"`)
    const { exitCode, stdout, stderr } = await runToEnd('bash', ['-c', script], { cwd })
    lastExitCode = exitCode
    typed += `$ ${command}\n${stderr}${stdout}`
  }
  return typed
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-docs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder to write into, where the examples are found as in the checkout. */
function scratchWithExamples(): string {
  const folder = scratch()
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'))
  return folder
}

/** The text after what a diff block shows: `-` lines stand for what is there, the `+` line after each for what takes its place. */
function patched(text: string, { text: diff }: Block): string {
  const mended = [...diff.matchAll(/^-(.*)\n\+(.*)$/gm)].reduce((before, [, from = '', to = '']) => {
    expect(before.split('\n')).toContain(from)
    return before.replace(`${from}\n`, `${to}\n`)
  }, text)
  expect(mended).not.toBe(text)
  return mended
}

test('the first contract of the README goes as the README shows', async () => {
  const cwd = scratchWithExamples()
  const sessions: string[] = []
  for (const { block, file } of blocksWithFiles(read('README.md'))) {
    const path = join(cwd, file)
    if (block.language === 'yaml') appendFileSync(path, `\n${block.text}`)
    else if (block.language === 'diff') writeFileSync(path, patched(readFileSync(path, 'utf8'), block))
    else if (block.language === 'console') {
      sessions.push(block.text)
      expect(await replay(block, cwd)).toBe(block.text)
    }
  }
  expect(sessions.join('')).toMatch(
    /assay -- init[^]*assay -- validate[^]*assay -- test[^]*cases failed[^]*assay -- check[^]*assay -- explain/,
  )
})

/** The blocks of a page, each with the file below `my-rules` that was named last before it: there its text is to go. */
function blocksWithFiles(markdown: string): { readonly block: Block; readonly file: string }[] {
  const parts = markdown.split(/^(?=```\w+\n)/m)
  return parts.slice(1).flatMap((part, index) => {
    const before = parts.slice(0, index + 1).join('')
    const file = [...before.matchAll(/`(my-rules\/[^`\n]+\.yaml)`/g)].at(-1)?.[1] ?? ''
    return blocksOf(part).map((block) => ({ block, file }))
  })
}

function pagesWith(language: string): string[] {
  return PAGES.filter(
    (page) => page !== 'README.md' && blocksOf(read(page)).some((block) => block.language === language),
  )
}

test.each(pagesWith('console'))('%s shows what its commands print', async (page) => {
  const blocks = blocksOf(read(page)).filter(({ language }) => language === 'console')
  const cwd = blocks.some(({ text }) => text.includes('assay -- init')) ? scratchWithExamples() : ROOT
  for (const block of blocks) expect(await replay(block, cwd)).toBe(block.text)
})

function yamlOf(page: string): string[] {
  return blocksOf(read(page)).flatMap(({ language, text }) => (language === 'yaml' ? text : []))
}

/** Test files, and cases that go on from the one before them. */
const isTest = (text: string) => /^cases:$/m.test(text) || text.startsWith('- name:')

test.each(pagesWith('yaml'))('%s has contracts and rules that are right', async (page) => {
  for (const text of yamlOf(page).filter((block) => !isTest(block))) {
    const cwd = scratch()
    cpSync(join(ROOT, 'rules/ads/schemas'), join(cwd, 'schemas'), { recursive: true })
    const isPolicy = /^(?:policies|defaults):/m.test(text)
    const file = join(cwd, isPolicy ? 'assay.policy.yaml' : 'example.contract.yaml')
    writeFileSync(file, /^apiVersion:/m.test(text) ? text : `${HEAD}${text}`)
    const { exitCode, stdout, stderr } = await runToEnd(process.execPath, [MAIN, 'validate', file])
    expect([exitCode, stdout + stderr]).toEqual([
      0,
      isPolicy
        ? '1 file, 0 rules: no problems\n'
        : expect.stringMatching(/^1 file, 1 rule: no problems\nAt most \d+ time series\n$/),
    ])
  }
})

test.each(pagesWith('yaml').filter((page) => yamlOf(page).some(isTest)))(
  '%s has tests that pass',
  async (page) => {
    for (const [first = '', ...more] of testsOf(page)) {
      const cases = more.map((text) => text.replaceAll(/^(?=.)/gm, '  '))
      const contract = CONTRACT_OF_TEST.exec(first)?.[1] ?? 'rules/ads/search-ad-published.contract.yaml'
      const cwd = scratch()
      cpSync(join(ROOT, dirname(contract)), cwd, { recursive: true })
      const testFile = basename(contract).replace('.yaml', '.test.yaml')
      writeFileSync(join(cwd, testFile), [first, ...cases].join('\n'))
      const args = [MAIN, 'test', basename(contract)]
      const { exitCode, stdout, stderr } = await runToEnd(process.execPath, args, { cwd })
      expect([exitCode, stderr, stdout]).toEqual([0, '', expect.stringMatching(/^\d+ cases? passed/m)])
    }
  },
)

/** The first line of a test may name the contract that it is for. */
const CONTRACT_OF_TEST = /^# for (\S+)$/m

/** The tests of a page: each is a block with `bases`, and the blocks of further cases up to the next one. */
function testsOf(page: string): string[][] {
  const tests: string[][] = []
  for (const text of yamlOf(page).filter(isTest)) {
    if (/^bases:/m.test(text) || tests.length === 0) tests.push([text])
    else tests.at(-1)?.push(text)
  }
  return tests
}

const HEAD = `apiVersion: assay/v1
id: example
version: 1.0.0
topic: example
domain: example
owner: example
rules:
`

describe('links', () => {
  test.each(PAGES)('of %s lead to files and headings that are there', (page) => {
    const broken = linksOf(read(page)).filter((link) => !leadsSomewhere(page, link))
    expect(broken).toEqual([])
  })

  test('that lead nowhere are found', () => {
    expect(linksOf('[a](no-such.md) `[b](code.md)` [c](https://example.org)')).toEqual(['no-such.md'])
    expect(leadsSomewhere('README.md', 'no-such.md')).toBe(false)
    expect(leadsSomewhere('README.md', 'docs/troubleshooting.md#no-such-heading')).toBe(false)
    expect(leadsSomewhere('docs/README.md', '../README.md#metrics')).toBe(true)
  })
})

/** Relative links outside of code. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) =>
    /^[a-z]+:/.test(link) ? [] : link,
  )
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(ROOT, target))) return false
  return anchor === undefined || anchorsOf(read(target)).includes(anchor)
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
}
