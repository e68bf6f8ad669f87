import { createRequire } from 'node:module'

/** package.json stands one level above this room's parent, in the sources and in the built package alike. */
export function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  return version
}
