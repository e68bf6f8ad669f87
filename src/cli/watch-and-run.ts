import { type ChangeWatch, watchForChange } from '../adapters/files/watch.ts'
import { Fault } from '../errors/fault.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import type { Streams } from './streams.ts'

/** Runs a command now and whenever a file below the paths changes, until SIGINT or SIGTERM. What is wrong with the files never ends it. */
export async function watchAndRun(
  paths: readonly string[],
  run: () => unknown,
  streams: Streams,
): Promise<number> {
  let isOn = true
  let watch: ChangeWatch | undefined
  const stop = () => {
    isOn = false
    watch?.close()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    while (isOn) {
      watch = watchForChange(paths)
      run()
      streams.err.write(`\nWatching ${paths.join(', ')}. Ctrl-C ends.\n\n`)
      isOn = await watch.changed
    }
    return EXIT_CODES.fine
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    streams.err.write(`${error.message} [${error.code}]\n  hint: ${error.hint}\n`)
    return EXIT_CODES.runtimeFailure
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
