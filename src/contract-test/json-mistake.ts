import { createTextFile } from '../contract/text-file.ts'
import { quote } from '../contract/describe-node.ts'
import { faultInJson } from '../evaluate/json-place.ts'

/** Where a file stops being JSON, as a sentence: `event.json:3:14 is not valid JSON: …`. In a test, the text may be shown. */
export function explainJsonMistake(path: string, text: string): string {
  if (text.trim() === '') return `${path} is empty`
  const fault = faultInJson(text)
  if (!fault) return `${path} is not valid JSON`
  const { line, column } = createTextFile(path, text).place(fault.start)
  const found = text.slice(fault.start, fault.end)
  const what = found.trim() === '' ? 'it ends too early' : `${quote(found)} can not stand here`
  return `${path}:${line}:${column} is not valid JSON: ${what}`
}
