import { createHash } from 'node:crypto'

/** The one release of jsonata whose source the sites in this folder were written for. */
export const PINNED = {
  version: '2.2.2',
  sha256: '9c2a35f4d895797f123f65c7f9a4ce16b3a295d209e0f3f225a0c3bae1bd9049',
}

/** Throws if the installed package is not exactly the pinned one: another source may need other sites, and must be read first. */
export function assertPinned(version: unknown, source: string): void {
  if (version !== PINNED.version) {
    throw new Error(`jsonata ${PINNED.version} is needed, but ${String(version)} is installed`)
  }
  const sha256 = createHash('sha256').update(source).digest('hex')
  if (sha256 !== PINNED.sha256) {
    throw new Error(`jsonata.js of ${PINNED.version} has the SHA-256 ${sha256} instead of ${PINNED.sha256}`)
  }
}
