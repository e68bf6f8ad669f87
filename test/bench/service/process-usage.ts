import { readFileSync } from 'node:fs'

/** What a process has used since it started, by the kernel's books: the same measure for every candidate, whatever it says of itself. */
export interface ProcessUsage {
  /** User and system time, all threads. */
  readonly cpuSeconds: number
  readonly peakRssMib: number
}

/** Linux gives times to user space in hundredths of a second on every architecture (USER_HZ, proc(5)). */
const TICKS_PER_SECOND = 100
/** Positions of utime and stime after the command's name in /proc/PID/stat (fields 14 and 15 of proc(5)). */
const UTIME = 11
const STIME = 12

export function readUsage(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name stands in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const peakKib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return {
    cpuSeconds: (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_PER_SECOND,
    peakRssMib: Number(peakKib) / 1024,
  }
}
