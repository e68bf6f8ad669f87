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
  'credit card',
  'account number',
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

/** Of whom a name is a person's. */
const PEOPLE = [
  'user',
  'customer',
  'client',
  'person',
  'seller',
  'buyer',
  'owner',
  'author',
  'contact',
  'employee',
]

/** How personal a field is, to judge from its name and that of what it stands in; undefined if nothing says so. */
export function personalClass(path: readonly string[]): 'high' | 'low' | undefined {
  const [name = '', parent = ''] = path.filter((part) => part !== '*').toReversed()
  if (hasWord(name, LOW)) return 'low'
  const isName = hasWord(name, ['name']) && (hasWord(name, PEOPLE) || hasWord(parent, PEOPLE))
  return isName || hasWord(name, HIGH) ? 'high' : undefined
}
