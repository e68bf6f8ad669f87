import type { KnownSchema } from '../model/schema.ts'

/** What came of asking for a schema. `unavailable` says nothing about the schema: the same question may be answered later. */
export type SchemaAnswer = KnownSchema | { readonly kind: 'unavailable'; readonly detail: string }

/** Where schemas come from. */
export interface SchemaProvider {
  /** Asks once, with everything that the schema refers to, in a bounded time. Never rejects. */
  ask(id: number): Promise<SchemaAnswer>
  /** Gives connections up. Nothing is asked after it. */
  close(): void
}
