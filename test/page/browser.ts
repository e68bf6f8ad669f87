import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of the machine; undefined where there is none: tests that need it are then skipped, and counted so. */
export const CHROMIUM = process.env.ASSAY_TEST_CHROMIUM ?? PATHS.find((path) => existsSync(path))

export function launch(): Promise<Browser> {
  // In a container there is no sandbox to make, and little shared memory.
  return chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What the accessibility rules find wrong: rule and first place of each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The policy of the page forbids scripts of others, so they are run from outside of it.
  await page.evaluate(readFileSync(AXE, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  })
}

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** What a page asked for from others, and what it complained about: both must stay empty. */
export function watchPage(
  page: Page,
  origin: string,
): { readonly strangers: string[]; readonly complaints: string[] } {
  const watched = { strangers: [] as string[], complaints: [] as string[] }
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) watched.strangers.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') watched.complaints.push(message.text())
  })
  page.on('pageerror', (error) => watched.complaints.push(String(error)))
  return watched
}
