#!/usr/bin/env node
import { isNodeTooOld, runWithOwnNode } from './adapters/node/own-node.ts'

const args = process.argv.slice(2)
/** A reader that takes nothing any more must not keep the process alive. */
const LAST_WORDS_MS = 5000

// Imported late: an older Node could not even load what the commands need. Ends by force: a socket that some client left open must not
// keep alive a process that has nothing more to do.
if (isNodeTooOld()) process.exit(await runWithOwnNode(process.argv[1] ?? '', args))
const { runProgram } = await import('./cli/program.ts')
process.exitCode = await runProgram(args, process.env, { out: process.stdout, err: process.stderr })
// A pipe takes 64 KiB at a time, and what is still to be written would be lost with the process.
setTimeout(() => process.exit(), LAST_WORDS_MS)
await Promise.all([process.stdout, process.stderr].map(written))
process.exit()

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // A reader that has seen enough (`| head`) closes the pipe: that is no fault of ours.
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}
