import { readLines } from '../adapters/files/lines.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Problem } from '../model/problem.ts'
import { valueRecord } from './sample-records.ts'

/**
 * Each line of a file of events as a record of the topic; the offset is the line − 1.
 *
 * @param toRecord what a line is: a value unless told otherwise
 * @throws the system's error if the file can't be read, and what `toRecord` throws
 */
export async function* readRecords(
  file: string,
  topic: string,
  nowMs: () => number,
  toRecord = valueRecord,
): AsyncGenerator<KafkaRecord> {
  for await (const { number, bytes } of readLines(file)) {
    yield toRecord(topic, number, bytes, nowMs())
  }
}

export function nothingJudged(file: string): Problem {
  return {
    code: 'NOTHING_JUDGED',
    severity: 'error',
    message: `${file} holds no event`,
    hint: 'Give at least one line: a check that checks nothing is a mistake, not a success.',
  }
}

/** The topic that a file of events is a sample of: the one that is asked for, or the only one. */
export function chooseTopic(topics: readonly string[], wanted: string | undefined): string | Problem {
  const [only, another] = topics
  const found =
    wanted === undefined && another === undefined ? only : topics.find((topic) => topic === wanted)
  if (found !== undefined) return found
  const known = topics.join(', ')
  return {
    code: 'TOPIC_UNCLEAR',
    severity: 'error',
    message:
      wanted === undefined
        ? `the contracts name several topics: ${known}`
        : `no contract watches the topic \`${wanted}\`; known are ${known}`,
    hint: 'Say with --topic which topic the events are a sample of.',
  }
}
