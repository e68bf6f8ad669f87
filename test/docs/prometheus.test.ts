import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatePrometheus } from '../../src/generate/prometheus/generate-prometheus.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { folderOf, hasPromtool } from '../generate/prometheus/promtool.ts'
import { contractsBelow } from '../generate/support.ts'

const ROOT = join(import.meta.dirname, '../..')

test.skipIf(!hasPromtool())(
  'the configuration of the how-to is one that Prometheus takes, and reads all rules',
  () => {
    const page = readFileSync(join(ROOT, 'docs/how-to/prometheus-alerts.md'), 'utf8')
    const [, config = ''] = /```yml\n(# prometheus\.yml\n[^`]*)```/.exec(page) ?? []
    const rules = generatePrometheus(contractsBelow(join(ROOT, 'rules')), CATALOGUE)
    const files = rules.map(({ path, text }): [string, string] => [`assay/${path}`, text])
    const folder = folderOf(new Map([...files, ['prometheus.yml', config]]))
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', 'prometheus.yml'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(`${stdout}${stderr}`).not.toContain('FAILED')
    expect(status).toBe(0)
    for (const [path] of files.filter(([each]) => each.endsWith('.rules.yaml')))
      expect(stdout).toContain(path)
  },
)
