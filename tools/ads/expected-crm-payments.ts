import type { ExpectedContract, ExpectedVerdict } from './expected.ts'
import { isEmail, isIsoTime, isTextLike, isUuid, passIf, timeOf } from './predicates.ts'
import { at } from './read-json.ts'

/** rules/ads/crm-payment-captured.contract.yaml, by hand. */
export const CRM_PAYMENT_CAPTURED: ExpectedContract = {
  id: 'ads.crm-payment-captured',
  topic: 'ads.payment-captured.v1',
  tombstones: 'fail',
  rules: [
    { id: 'payment_shape', severity: 'error', judge: (event) => passIf(hasPaymentShape(event)) },
    { id: 'amounts_add_up', severity: 'error', judge: (event) => passIf(addsUp(at(event, 'payment'))) },
    {
      id: 'gross_is_positive',
      severity: 'error',
      judge: (event) => passIf(isPositive(at(event, 'payment', 'gross'))),
    },
    { id: 'fee_is_at_most_a_fifth', severity: 'warning', judge: (event) => feeShare(at(event, 'payment')) },
    {
      id: 'currency_is_known',
      severity: 'error',
      judge: (event) => passIf(['EUR', 'CHF'].includes(at(event, 'payment', 'currency') as string)),
    },
    {
      id: 'captured_after_ordered',
      severity: 'warning',
      judge: (event) =>
        passIf(timeOf(at(event, 'payment', 'captured_at')) >= timeOf(at(event, 'payment', 'ordered_at'))),
    },
    {
      id: 'not_from_the_future',
      severity: 'error',
      judge: (event, nowMs) => passIf(timeOf(at(event, 'occurred_at')) < nowMs),
    },
    { id: 'card_is_recognisable', severity: 'warning', judge: (event) => lastFour(at(event, 'payment')) },
  ],
}

function hasPaymentShape(event: unknown): boolean {
  const email = at(event, 'buyer', 'email')
  return (
    isUuid(at(event, 'event_id')) &&
    at(event, 'event_type') === 'payment.captured' &&
    isIsoTime(at(event, 'occurred_at')) &&
    isTextLike(at(event, 'buyer', 'id'), /^u-[0-9]+$/) &&
    (email === undefined || isEmail(email)) &&
    hasInnerShape(at(event, 'payment'))
  )
}

function hasInnerShape(payment: unknown): boolean {
  const fee = at(payment, 'fee')
  return (
    isTextLike(at(payment, 'id'), /^p-[0-9]+$/) &&
    isTextLike(at(payment, 'ad_id'), /^ad-[0-9]+$/) &&
    ['card', 'transfer', 'wallet'].includes(at(payment, 'method') as string) &&
    isTextLike(at(payment, 'currency'), /^[A-Z]{3}$/) &&
    Number.isInteger(at(payment, 'gross')) &&
    Number.isInteger(at(payment, 'net')) &&
    Number.isInteger(fee) &&
    (fee as number) >= 0
  )
}

function addsUp(payment: unknown): boolean {
  const [net, fee, gross] = [at(payment, 'net'), at(payment, 'fee'), at(payment, 'gross')]
  return typeof net === 'number' && typeof fee === 'number' && net + fee === gross
}

function isPositive(amount: unknown): boolean {
  return typeof amount === 'number' && amount > 0
}

/** A gross that is there but is no number leaves the condition undecided: nobody can say whether the rule applies. */
function feeShare(payment: unknown): ExpectedVerdict {
  const [fee, gross] = [at(payment, 'fee'), at(payment, 'gross')]
  if (gross !== undefined && typeof gross !== 'number') return 'error'
  if (gross === undefined || gross <= 0) return 'skip'
  return passIf(typeof fee === 'number' && fee / gross <= 0.2)
}

function lastFour(payment: unknown): ExpectedVerdict {
  if (at(payment, 'method') !== 'card') return 'skip'
  return passIf(isTextLike(at(payment, 'card', 'last4'), /^.{4}$/))
}
