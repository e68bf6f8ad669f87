import { hasWord } from './words.ts'

/** Tell who a person is, or what must stay between them and us. */
const HIGH = [
  'email',
  'mail',
  'phone',
  'mobile',
  'msisdn',
  'iban',
  'card number',
  'pan',
  'cvv',
  'ssn',
  'passport',
  'password',
  'secret',
  'token',
  'birthday',
  'birthdate',
  'birth date',
  'date of birth',
  'dob',
  'first name',
  'firstname',
  'last name',
  'lastname',
  'surname',
  'full name',
  'fullname',
  'family name',
  'given name',
  'street',
  'address',
  'tax id',
]

/** Are about a person, without telling who. */
const LOW = [
  'ip',
  'ip address',
  'siret',
  'siren',
  'vat number',
  'gender',
  'age',
  'nationality',
  'postcode',
  'zip',
  'zipcode',
  'postal code',
  'city',
  'lat',
  'latitude',
  'lng',
  'lon',
  'longitude',
  'username',
  'nickname',
  'user agent',
  'device id',
  'last4',
]

/** How personal a field is, to judge from its name; undefined if nothing in it says so. */
export function personalClass(name: string): 'high' | 'low' | undefined {
  if (hasWord(name, LOW)) return 'low'
  return hasWord(name, HIGH) ? 'high' : undefined
}
