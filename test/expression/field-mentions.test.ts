import { describe, expect, test } from 'vitest'
import { fieldMentions } from '../../src/expression/index.ts'

/** Paths as they are read, `…` before those that begin somewhere inside of the event. */
function pathsIn(source: string): string[] {
  return fieldMentions(source).map(({ path, isAbsolute }) => `${isAbsolute ? '' : '…'}${path.join('.')}`)
}

describe('the fields that an expression reads', () => {
  test.each([
    ['user.email', ['user', 'user.email']],
    ['$.user.email = $$.seller.email', ['user', 'user.email', 'seller', 'seller.email']],
    [
      'users[0].emails[type="work"].value',
      ['users', 'users.emails', 'users.emails.type', 'users.emails.value'],
    ],
    ['$map(users, function($u){ $u.email })', ['users', '…email']],
    ['ad.images.$length($)', ['ad', 'ad.images']],
    ['a.*.email', ['a', '…email']],
    ['**.email', ['…email']],
    ['users^(email).name', ['users', 'users.email', '…name']],
    ['users{email: name}', ['users', 'users.email', 'users.name']],
    ['a.{"x": iban}', ['a', 'a.iban']],
    ['user.`e-mail`', ['user', 'user.e-mail']],
    ['($x := user.phone; $x > 1)', ['user', 'user.phone']],
    ['$contains("user.email", "email")', []],
    ['$key = "a"', []],
    ['a.b >', []],
  ])('%s', (source, paths) => {
    expect(pathsIn(source)).toEqual(paths)
  })

  test('stand where their last names do', () => {
    const source = '$contains(user.`e-mail`, "@") and user.phone'
    const words = fieldMentions(source).map(({ offset, length }) => source.slice(offset, offset + length))
    expect(words).toEqual(['user', '`e-mail`', 'user', 'phone'])
  })
})
