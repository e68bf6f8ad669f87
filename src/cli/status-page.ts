import { hostname } from 'node:os'
import type { StatusTexts } from '../adapters/http/server.ts'
import { createKeyedHash } from '../adapters/hash/keyed-hash.ts'
import type { RunConfig } from '../config/run-config.ts'
import type { StatusOptions } from '../engine/status-options.ts'
import { openApiDocument } from '../status/openapi/document.ts'
import { StatusBoard } from '../status/status-board.ts'
import type { ReportSource } from '../status/status-board.ts'
import { ownVersion } from './own-version.ts'

/** What the engine needs to show how the contracts stand. */
export function statusOptions({ hashKey }: RunConfig): StatusOptions {
  return {
    instance: `${hostname()}:${process.pid}`,
    version: ownVersion(),
    hash: createKeyedHash(hashKey),
    random: Math.random,
  }
}

/** What the page and programs read of the engine. */
export function statusTexts(reports: ReportSource, version: string): StatusTexts {
  const board = new StatusBoard(reports)
  return {
    status: () => board.status(),
    catalogue: () => board.catalogue(),
    contract: (id) => board.contract(id),
    violations: () => board.violations(),
    openApi: JSON.stringify(openApiDocument(version)),
    news: () => board.news(),
    subscribe: (listener) => board.subscribe(listener),
  }
}
