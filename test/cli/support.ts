import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runProgram } from '../../src/cli/program.ts'

/** What a command line wrote, and how it ended. */
export interface Outcome {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** Runs one command line as `main.ts` does, with streams that collect. */
export async function assay(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await runProgram(args, env, {
    out: { write: (text: string) => out.push(text) },
    err: { write: (text: string) => err.push(text) },
  })
  return { exitCode, out: out.join(''), err: err.join('') }
}

/** Files of one test, in a folder of their own. */
export class Files {
  readonly folder = mkdtempSync(join(tmpdir(), 'assay-cli-'))

  /** Writes a file and returns its path. */
  write(name: string, text: string | Uint8Array): string {
    const path = this.at(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  /** Writes a contract, with keys that differ from the usual ones. */
  writeContract(name: string, rules: readonly object[], head: object = {}): string {
    const contract = {
      apiVersion: 'assay/v1',
      id: 'ads.ad-published',
      version: '1.0.0',
      topic: 'ads.ad-published.v1',
      domain: 'ads',
      owner: 'team-search',
      ...head,
      rules,
    }
    return this.write(`rules/${name}.contract.yaml`, JSON.stringify(contract))
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}
