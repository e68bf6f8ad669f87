import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from '../cli/support.ts'
import { accessibilityFaults, CHROMIUM, launch } from '../page/browser.ts'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

function generate(...more: readonly string[]) {
  return assay(['generate', 'docs', files.at('rules'), '--out', files.at('site'), ...more])
}

function page(name: string): string {
  return readFileSync(files.at(`site/${name}`), 'utf8')
}

const RULE = { id: 'positive', description: 'It is above zero.', assert: 'ad.price.amount > 0' }

describe('what is written', () => {
  beforeEach(async () => {
    files.writeContract('a', [RULE, { id: 'still_flowing', freshness: { within: '5m' } }], {
      producer: { team: 'team-ads' },
      consumers: ['indexer'],
      fields: { 'user.email': { pii: 'high', description: 'The address.' } },
      promises: { freshness: { rule: 'still_flowing', objective: 99 } },
      links: { runbook: 'https://wiki.example.org/ads' },
    })
    files.write(
      'rules/a.contract.test.yaml',
      JSON.stringify({
        apiVersion: 'assay/v1',
        cases: [
          { name: 'below zero', event: { ad: { price: { amount: -1 } } }, expect: { positive: 'fail' } },
        ],
      }),
    )
    expect(await generate()).toMatchObject({ exitCode: 0, err: '' })
  })

  test('has for each contract its rules, tests, owners, consumers, fields and promises', () => {
    const text = page('contracts/ads.ad-published.html')
    for (const told of [
      'team-search',
      'team-ads',
      'indexer',
      'It is above zero.',
      'ad.price.amount &gt; 0',
      'below zero',
      'user.email',
      'The address.',
      'personal, high',
      '99 % of the time',
      'https://wiki.example.org/ads',
      'an event within 5 min',
    ])
      expect(text).toContain(told)
  })

  test('is the same twice, and a hand edit is found', async () => {
    expect((await generate('--check')).exitCode).toBe(0)
    files.write('site/index.html', `${page('index.html')}<!-- by hand -->`)
    const { exitCode, err } = await generate('--check')
    expect([exitCode, err]).toEqual([1, expect.stringContaining('index.html:')])
    expect((await generate()).out).toContain('1 written')
  })

  test('a contract that is gone leaves no page', async () => {
    files.writeContract('a', [RULE], { id: 'ads.other' })
    files.write(
      'rules/a.contract.test.yaml',
      JSON.stringify({
        apiVersion: 'assay/v1',
        cases: [{ name: 'x', event: {}, expect: { positive: 'fail' } }],
      }),
    )
    expect((await generate()).out).toContain('removed contracts/ads.ad-published.html')
  })
})

test('names of strangers stay text', async () => {
  const evil = '<script>alert(1)</script>'
  files.writeContract('a', [{ ...RULE, description: `</script>${evil}` }], {
    owner: `a ${evil}`,
    description: evil,
    tags: { tier: `"${evil}` },
    fields: { [`x${evil}`]: { pii: 'low', description: evil } },
  })
  expect((await generate()).exitCode).toBe(0)
  const pages = [page('index.html'), page('contracts/ads.ad-published.html')]
  for (const text of pages) expect(text).not.toContain(evil)
})

test('wrong contracts are told, and nothing is written', async () => {
  files.writeContract('a', [{ id: 'wrong', assert: 'n >' }])
  const { exitCode, err } = await generate()
  expect([exitCode, err]).toEqual([2, expect.stringContaining('[EXPRESSION_INVALID]')])
  expect(() => page('index.html')).toThrow('ENOENT')
})

test('a file of somebody else is not written over', async () => {
  files.writeContract('a', [RULE])
  files.write('site/index.html', 'mine')
  const { exitCode, err } = await generate()
  expect([exitCode, err]).toEqual([2, expect.stringContaining('[FILE_EXISTS]')])
  expect(page('index.html')).toBe('mine')
})

describe.skipIf(CHROMIUM === undefined)('from the file system, in a browser', () => {
  let browser: Browser
  let tab: Page

  beforeAll(async () => {
    browser = await launch()
  })

  afterAll(() => browser.close())

  test('fields are found by name, pages are linked, nothing breaks a rule of accessibility', async () => {
    files.writeContract('a', [RULE], { fields: { 'user.email': { pii: 'high' } } })
    files.writeContract('b', [RULE], { id: 'ads.other', topic: 'other.v1', owner: 'team-crm' })
    await generate()
    tab = await browser.newPage()
    const complaints: string[] = []
    const strangers: string[] = []
    tab.on('console', (message) => complaints.push(message.text()))
    tab.on('pageerror', (error) => complaints.push(String(error)))
    tab.on('request', (request) => {
      if (!request.url().startsWith('file://')) strangers.push(request.url())
    })
    await tab.goto(pathToFileURL(files.at('site/index.html')).href)
    expect(await tab.locator('tr[data-id]').count()).toBe(2)
    await tab.keyboard.press('/')
    await tab.keyboard.type('USER.email')
    await expect.poll(() => tab.locator('tr[data-id]:visible').count()).toBe(1)
    expect(await tab.locator('tr[data-id]:visible .why').textContent()).toBe('field user.email')
    await tab.locator('tr[data-id]:visible a').click()
    expect(await tab.locator('h1').textContent()).toBe('ads.ad-published')
    await tab.setViewportSize({ width: 390, height: 800 })
    expect(await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] })
    expect(await accessibilityFaults(tab)).toEqual([])
    await tab.goBack()
    expect(await accessibilityFaults(tab)).toEqual([])
    await tab.close()
  })
})
