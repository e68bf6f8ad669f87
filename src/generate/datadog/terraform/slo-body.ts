import type { Json } from '../../to-json.ts'
import { fieldsOf, type Reading } from './reading.ts'

interface SloParts {
  readonly thresholds: readonly object[]
  readonly sli_specification: CountSpecification | TimeSliceSpecification
}

interface CountSpecification {
  readonly count: { readonly queries: readonly object[] }
}

interface TimeSliceSpecification {
  readonly time_slice: { readonly query: { readonly queries: readonly object[]; readonly formulas: unknown } }
}

/** An objective field by field: there is no resource that takes its JSON. */
export function sloBody(json: Json, of: Reading): Json {
  const { thresholds, sli_specification: specification, ...fields } = json as unknown as SloParts
  return {
    ...fieldsOf(fields, of),
    thresholds: thresholds.map((threshold, index) => fieldsOf(threshold, of, `thresholds[${index}].`)),
    sli_specification:
      'count' in specification
        ? { count: countBody(specification.count, of) }
        : { time_slice: timeSliceBody(specification.time_slice, of) },
  }
}

/** Formulas are texts here, and not objects as in the API and in slices of time. */
function countBody({ queries, ...formulas }: CountSpecification['count'], of: Reading): Json {
  const count = 'sli_specification.count'
  return {
    ...fieldsOf(formulas, (field) => of(`${count}.${field}.formula`)),
    queries: metricQueries(queries, of, `${count}.queries`),
  }
}

function timeSliceBody({ query, ...fields }: TimeSliceSpecification['time_slice'], of: Reading): Json {
  const slice = 'sli_specification.time_slice'
  return {
    ...fieldsOf(fields, of, `${slice}.`),
    query: {
      formula: { formula_expression: of(`${slice}.query.formulas[0].formula`) },
      query: metricQueries(query.queries, of, `${slice}.query.queries`),
    },
  }
}

function metricQueries(queries: readonly object[], of: Reading, place: string): Json {
  return queries.map((query, index) => ({ metric_query: fieldsOf(query, of, `${place}[${index}].`) }))
}
