import { reportProblemsAsJson } from '../report/problems-json.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { loadRules } from './load-rules.ts'
import { finish } from './streams.ts'
import type { Streams } from './streams.ts'

/** `assay validate`: every problem of every contract file. */
export function validate(paths: readonly string[], output: 'text' | 'json', streams: Streams): number {
  const { problems, files, rules } = loadRules(paths)
  return finish(
    streams,
    output === 'json' ? reportProblemsAsJson(problems) : reportProblemsAsText(problems, { files, rules }),
  )
}
