/**
 * Measures `assay test` on 10,000 cases, as a child process: from its start to its end, with reading, judging and reporting. Once all
 * cases pass; once they all fail, so that each is reported. Run: npm run bench:rule-tests
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'

const ROOT = join(import.meta.dirname, '../..')
const CASES = 10_000
const LIMIT_MS = 10_000

/** A folder with the contract of the example domain that has most rules, and a test of so many cases. */
function prepare(folder: string, expectation: string, fileCount: number): void {
  cpSync(join(ROOT, 'rules/ads/schemas'), join(folder, 'schemas'), { recursive: true })
  const contract = readFileSync(join(ROOT, 'rules/ads/search-ad-published.contract.yaml'), 'utf8')
  const example = readFileSync(join(ROOT, 'rules/ads/search-ad-published.contract.test.yaml'), 'utf8')
  const head = example.slice(0, example.indexOf('\ncases:'))
  for (let file = 0; file < fileCount; file++) {
    const cases = Array.from({ length: CASES / fileCount }, (_, index) => caseText(index, expectation))
    writeFileSync(join(folder, `${file}.contract.yaml`), contract.replace('id: ads.', `id: ads.f${file}-`))
    writeFileSync(join(folder, `${file}.contract.test.yaml`), `${head}\ncases:\n${cases.join('')}`)
  }
}

function caseText(index: number, expectation: string): string {
  const amount = index % 5 === 0 ? -index - 1 : index + 1
  return `  - name: an ad for ${index}
    base: car
    with: { ad: { id: ad-${index}, price: { amount: ${amount} } } }
    expect: { price_is_positive: ${index % 5 === 0 ? expectation : 'pass'}, ad_shape: pass }
`
}

async function measure(name: string, expectation: string, fileCount: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    prepare(folder, expectation, fileCount)
    const startMs = performance.now()
    const { exitCode, stdout, stderr } = await runToEnd(process.execPath, [
      join(ROOT, 'src/main.ts'),
      'test',
      folder,
    ])
    const tookMs = performance.now() - startMs
    const last = (stdout || stderr).trimEnd().split('\n').at(-1)
    process.stdout.write(`${name}: ${(tookMs / 1000).toFixed(2)} s, exit code ${exitCode}: ${last}\n`)
    return tookMs < LIMIT_MS
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isFast = [
  await measure(`${CASES} cases in one file`, 'fail', 1),
  await measure(`${CASES} cases in 100 files`, 'fail', 100),
  await measure(`${CASES} cases, a fifth of which go wrong`, 'skip', 1),
]
if (isFast.includes(false)) {
  process.stderr.write(`Slower than ${LIMIT_MS / 1000} s.\n`)
  process.exitCode = 1
}
