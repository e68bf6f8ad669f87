import type { ExpectedContract, ExpectedVerdict } from './expected.ts'
import { isEmail, isTextLike, passIf } from './predicates.ts'
import { at } from './read-json.ts'

/** rules/ads/crm-ad-published.contract.yaml, by hand. */
export const CRM_AD_PUBLISHED: ExpectedContract = {
  id: 'ads.crm-ad-published',
  topic: 'ads.ad-published.v1',
  tombstones: 'ignore',
  rules: [
    { id: 'seller_shape', severity: 'error', judge: (event) => passIf(hasSellerShape(at(event, 'user'))) },
    {
      id: 'pro_has_siret',
      severity: 'error',
      judge: (event) =>
        passIf(at(event, 'user', 'type') !== 'pro' || at(event, 'user', 'siret') !== undefined),
    },
    { id: 'siret_has_fourteen_digits', severity: 'warning', judge: siretDigits },
    { id: 'private_seller_has_email', severity: 'error', judge: privateEmail },
    {
      id: 'country_is_served',
      severity: 'warning',
      judge: (event) => passIf(['FR', 'CH'].includes(at(event, 'location', 'country') as string)),
    },
    { id: 'price_in_whole_units', severity: 'info', judge: wholePrice },
  ],
}

function hasSellerShape(user: unknown): boolean {
  const email = at(user, 'email')
  return (
    isTextLike(at(user, 'id'), /^u-[0-9]+$/) &&
    ['pro', 'private'].includes(at(user, 'type') as string) &&
    (email === undefined || isEmail(email))
  )
}

function siretDigits(event: unknown): ExpectedVerdict {
  const siret = at(event, 'user', 'siret')
  if (at(event, 'user', 'type') !== 'pro' || siret === undefined) return 'skip'
  return passIf(isTextLike(siret, /^[0-9]{14}$/))
}

function privateEmail(event: unknown): ExpectedVerdict {
  if (at(event, 'user', 'type') !== 'private') return 'skip'
  return passIf(isTextLike(at(event, 'user', 'email'), /@/))
}

function wholePrice(event: unknown): ExpectedVerdict {
  const amount = at(event, 'ad', 'price', 'amount')
  return amount === undefined ? 'skip' : passIf(Number.isInteger(amount))
}
