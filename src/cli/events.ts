import { readLines } from '../adapters/files/lines.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Problem } from '../model/problem.ts'

/**
 * Each line of a file of events as a record of the topic; the offset is the line − 1.
 *
 * @throws the system's error if the file can't be read
 */
export async function* readRecords(
  file: string,
  topic: string,
  nowMs: () => number,
): AsyncGenerator<KafkaRecord> {
  for await (const { number, bytes } of readLines(file)) {
    const offset = number - 1
    yield { topic, partition: 0, offset, timestampMs: nowMs(), key: null, value: bytes, headers: {} }
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
