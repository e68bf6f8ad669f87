import { parse } from 'yaml'
import type { Catalogue } from '../../catalogue-check.ts'
import type { Finding, Report } from '../../finding.ts'
import { labelsByName, metricsByName } from '../../promql/known-metrics.ts'
import { isSound } from '../../shapes/is-sound.ts'
import type { JsonSchema } from '../../shapes/shape.ts'
import { MAPPING_PATH, PROMETHEUS_MARK, RECORDING_PATH } from '../rule-files.ts'
import { checkAlert } from './check-alert.ts'
import { checkRecordings, checkUse, type Metrics, type Series } from './check-recordings.ts'
import { checkMappings } from './check-mappings.ts'
import { checkTests } from './check-tests.ts'
import {
  type AlertJson,
  type GroupsJson,
  type MappingsJson,
  type Read,
  type RecordingJson,
  rulesOf,
  type TestsJson,
} from './file.ts'
import { ALERT_FILE, MAPPING_FILE, RECORDING_FILE, TEST_FILE } from './shapes.ts'

/**
 * What promtool takes in a generated folder although it would never alarm, always alarm, or tell its reader nothing. Files without the mark
 * are passed over, unless they are named like ours.
 *
 * @param files texts by path, relative to the folder
 */
export function lintPrometheus(files: ReadonlyMap<string, string>, catalogue: Catalogue): Finding[] {
  const folder = new Folder(files)
  const recordings = folder.read<GroupsJson<RecordingJson>>((path) => path === RECORDING_PATH, RECORDING_FILE)
  const alerts = folder.read<GroupsJson<AlertJson>>(
    (path) => path.endsWith('.rules.yaml') && path !== RECORDING_PATH,
    ALERT_FILE,
  )
  const tests = folder.read<TestsJson>((path) => path.endsWith('.test.yaml'), TEST_FILE)
  const mappings = folder.read<MappingsJson>((path) => path === MAPPING_PATH, MAPPING_FILE)
  const metrics = metricsByName(catalogue)
  const known = recordings.reduce<Series>(
    (series, { path, content }) => checkRecordings(content, series, metrics, folder.reportOn(path)),
    labelsByName(metrics),
  )
  for (const file of alerts) checkAlertFile(file, known, metrics, tests, folder)
  const asked = alerts.flatMap(({ content }) => rulesOf(content).map(({ rule }) => rule.expr))
  for (const { path, content } of recordings) checkUse(content, asked, folder.reportOn(path))
  for (const { path, content } of mappings) checkMappings(content, catalogue, folder.reportOn(path))
  folder.checkOthers()
  return folder.findings
}

/** Files by what they are, and what was found in them. */
class Folder {
  readonly findings: Finding[] = []
  readonly #files: ReadonlyMap<string, string>
  readonly #known = new Set<string>()

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)))
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  reportOn(path: string): Report {
    return (at, message) => {
      this.findings.push({ path, at, message })
    }
  }

  /** Files whose shape is right. */
  read<Content>(isOne: (path: string) => boolean, shape: JsonSchema): Read<Content>[] {
    return [...this.#files]
      .filter(([path]) => isOne(path))
      .flatMap(([path, text]) => {
        this.#known.add(path)
        const content = this.#parse(path, text)
        return content !== undefined && isSound(shape, content, '', this.reportOn(path))
          ? [{ path, content: content as Content }]
          : []
      })
  }

  #parse(path: string, text: string): unknown {
    try {
      return parse(text) as unknown
    } catch (error) {
      const [says] = (error instanceof Error ? error.message : String(error)).split('\n')
      this.reportOn(path)('', `is no YAML: ${says}`)
      return undefined
    }
  }

  checkOthers(): void {
    for (const [path, text] of this.#files)
      if (!this.#known.has(path) && text.includes(PROMETHEUS_MARK))
        this.reportOn(path)('', 'is no file that is generated')
  }
}

function checkAlertFile(
  { path, content }: Read<GroupsJson<AlertJson>>,
  known: Series,
  metrics: Metrics,
  tests: readonly Read<TestsJson>[],
  folder: Folder,
): void {
  const report = folder.reportOn(path)
  const seen = new Set<string>()
  for (const { rule, at } of rulesOf(content)) {
    checkAlert(rule, known, metrics, at, report)
    const name = JSON.stringify([rule.alert, rule.labels])
    if (seen.has(name)) report(at, `another ${rule.alert} has the same labels`)
    seen.add(name)
  }
  const beside = path.replace('.rules.yaml', '.test.yaml')
  const own = tests.find((each) => each.path === beside)
  if (!folder.has(beside)) report('', `no tests are beside it, in ${beside}`)
  if (own === undefined) return
  checkTests(content, own.content, report, folder.reportOn(beside))
  const place = path.slice(0, path.lastIndexOf('/') + 1)
  for (const [index, file] of own.content.rule_files.entries())
    if (!folder.has(file.startsWith('../') ? file.slice('../'.length) : `${place}${file}`))
      folder.reportOn(beside)(`/rule_files/${index}`, `no file ${file} is there`)
}
