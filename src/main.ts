#!/usr/bin/env node
import { isNodeTooOld, runWithOwnNode } from './adapters/node/own-node.ts'

const args = process.argv.slice(2)

// Imported late: an older Node could not even load what the commands need. Ends by force: a socket that some client left open must not
// keep alive a process that has nothing more to do.
if (isNodeTooOld()) process.exit(await runWithOwnNode(process.argv[1] ?? '', args))
const { runProgram } = await import('./cli/program.ts')
process.exit(await runProgram(args, process.env, { out: process.stdout, err: process.stderr }))
