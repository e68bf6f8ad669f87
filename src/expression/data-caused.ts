/**
 * Codes that say that the data did not have the type or form that the expression takes for granted: the event does not meet the
 * assumption, which is a fail. Every other code says that the rule could not be judged. JSONata's own table of codes is the source.
 */
export const DATA_CAUSED_CODES: ReadonlySet<string> = new Set([
  // arguments of functions
  'T0410',
  'T0411',
  'T0412',
  // operands of operators
  'T2001',
  'T2002',
  'T2003',
  'T2004',
  'T2006',
  'T2007',
  'T2008',
  'T2009',
  'T2010',
  'T2011',
  'T2012',
  'T2013',
  // numbers out of range, and minus of what is no number
  'D1001',
  'D1002',
  // texts that are no number or no point in time
  'D3030',
  'D3110',
  'D3136',
])
