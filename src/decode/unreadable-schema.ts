/** Why a schema can't be used, in words that end "the schema …": no record that names it can be read. */
export class UnreadableSchema extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'UnreadableSchema'
  }
}
