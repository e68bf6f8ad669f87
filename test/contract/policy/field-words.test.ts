import { describe, expect, test } from 'vitest'
import { mayName, personalWord, toPersonalWords, wordsOf } from '../../../src/contract/policy/field-words.ts'

const WORDS = toPersonalWords(['email', 'phone', 'iban', 'card_number', 'address'])

describe('the name of a field', () => {
  test.each([
    ['emailAddress', ['email', 'address']],
    ['email_address', ['email', 'address']],
    ['e-mail', ['e', 'mail']],
    ['IBANCode', ['iban', 'code']],
    ['userID', ['user', 'id']],
    ['line2Text', ['line2', 'text']],
    ['phone number', ['phone', 'number']],
    ['straßeÄnderung', ['straße', 'änderung']],
    ['', []],
  ])('%j is made of words', (name, words) => {
    expect(wordsOf(name)).toEqual(words)
  })

  test.each([
    ['email', 'email'],
    ['contactEmail', 'email'],
    ['EMAIL', 'email'],
    ['emails', 'email'],
    ['email_hash', 'email'],
    ['addresses', 'address'],
    ['cardNumber', 'card_number'],
    ['old_card_numbers', 'card_number'],
  ])('%s looks personal', (name, word) => {
    expect(personalWord(name, WORDS)).toBe(word)
  })

  test.each(['emailed_at', 'telephone', 'microphone', 'card', 'number', 'number_of_card', 'ibanez', 'id'])(
    '%s does not',
    (name) => {
      expect(personalWord(name, WORDS)).toBeUndefined()
    },
  )

  test('is only looked for where a text may hold it', () => {
    expect(mayName('user.contactEmail', WORDS)).toBe(true)
    expect(mayName('ad.price > 0', WORDS)).toBe(false)
    expect(mayName('card.holder', WORDS)).toBe(false)
  })
})
