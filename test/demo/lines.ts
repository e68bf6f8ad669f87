import { Board } from '../../tools/demo/board.ts'
import { isMalformed, parseLine } from '../../tools/statsd-receiver/parse-line.ts'

/** A board that was told these DogStatsD lines. */
export function boardOf(lines: readonly string[]): Board {
  const board = new Board()
  tell(board, lines)
  return board
}

export function tell(board: Board, lines: readonly string[]): void {
  for (const text of lines) {
    const line = parseLine(text)
    if (isMalformed(line)) throw new Error(line.reason)
    board.take(line)
  }
}

export function verdicts(rule: string, result: string, count: number, contract = 'c'): string {
  return `dq.rule.evaluations:${count}|c|#contract:${contract},topic:t,rule:${rule},result:${result}`
}

export function events(contract: string, result: string, count: number, topic = 't'): string {
  return `dq.events:${count}|c|#contract:${contract},topic:${topic},result:${result}`
}

export function gauge(name: string, value: number, tags: string): string {
  return `${name}:${value}|g|#${tags}`
}
