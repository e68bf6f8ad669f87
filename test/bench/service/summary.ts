import type { Measurement } from './measure.ts'
import { fastest, lowestCpu, lowestDelayP99Ms } from './requirements.ts'
import type { Requirement, Results } from './requirements.ts'

const HEADINGS = [
  '',
  'events/s',
  'ratio',
  'CPU s/1M',
  'ratio',
  'peak MiB',
  'loop p99 ms',
  'datagrams',
  'lost verdicts',
]

/** One line per candidate: the best of its rounds in each column. Ratios are to the plain script. */
export function summaryTable({ plain, assay, floor }: Results): string {
  const rows = [plain, assay, floor].map((measurements) => toRow(measurements, plain))
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [HEADINGS, ...rows].map((row) => toLine(row, widths)).join('\n')
}

/** Every round, so that the spread can be seen. */
export function roundLine({
  candidate,
  eventsPerSecond,
  cpuSecondsPerMillion,
  loopDelay,
}: Measurement): string {
  const { p50Ms, p99Ms, maxMs } = loopDelay
  const delays = [p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)).join(' / ')
  return `${candidate}: ${Math.round(eventsPerSecond)} events/s, ${cpuSecondsPerMillion.toFixed(1)} CPU s/1M, loop p50 / p99 / max ${delays} ms`
}

export function requirementLine({ name, found, isMet }: Requirement): string {
  return `${isMet ? 'met    ' : 'NOT MET'}  ${name}: ${found}`
}

function toRow(measurements: readonly Measurement[], plain: readonly Measurement[]): string[] {
  const best = fastest(measurements)
  const cpu = lowestCpu(measurements)
  return [
    best.candidate,
    String(Math.round(best.eventsPerSecond)),
    (best.eventsPerSecond / fastest(plain).eventsPerSecond).toFixed(2),
    cpu.toFixed(1),
    (cpu / lowestCpu(plain)).toFixed(2),
    Math.min(...measurements.map(({ peakRssMib }) => peakRssMib)).toFixed(0),
    lowestDelayP99Ms(measurements).toFixed(1),
    String(Math.min(...measurements.map(({ datagrams }) => datagrams))),
    String(Math.max(...measurements.map(({ lostVerdicts }) => lostVerdicts))),
  ]
}

function toLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    .join('  ')
}
