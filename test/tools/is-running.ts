import { runToEnd } from '../../tools/child-process/run-to-end.ts'

/** True if the process does anything any more. One that nobody has reaped yet still answers signals, but is dead. */
export async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await runToEnd('ps', ['-o', 'stat=', '-p', String(pid)])
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}
