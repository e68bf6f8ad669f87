/** How a schema registry is reached. */
export interface RegistryConfig {
  /** Of one registry: the next one is asked when one can't be used. Without user and password. */
  readonly urls: readonly string[]
  /** The whole value of the header `Authorization`, or undefined. */
  readonly authorization: string | undefined
  readonly tls: {
    readonly ca: string | undefined
    readonly cert: string | undefined
    readonly key: string | undefined
  }
  /** For one request, from its start to the last byte of the answer. */
  readonly timeoutMs: number
}
