import type { ErrorEntry } from '../entry.ts'

/** What is made out of contracts: dashboards, monitors, objectives. */
export const GENERATE_ERRORS = {
  GENERATE_NOT_IN_CATALOGUE: {
    title: 'A generated query for something that is never sent',
    cause:
      'What generates dashboards and monitors named a metric, a tag or a value that the metric catalogue does not have. Nothing was written.',
    mend: 'This is a fault of Assay: please report it with the message.',
  },
  GENERATED_DIFFERS: {
    title: 'A generated file says something else than its contracts',
    cause:
      'The contracts were changed and the files were not generated anew, or somebody changed the file itself.',
    mend: 'Run `assay generate` with the same flags but --check, and commit what it writes. A change by hand is lost: make it in the contract.',
  },
  GENERATED_MISSING: {
    title: 'A generated file is missing',
    cause: 'The contracts ask for a file that is not there.',
    mend: 'Run `assay generate` with the same flags but --check, and commit what it writes.',
  },
  GENERATED_ORPHANED: {
    title: 'A generated file of which there is no contract any more',
    cause: 'A contract, rule or promise was removed or renamed, and what was made of it is still there.',
    mend: 'Run `assay generate` with the same flags but --check: it removes the file.',
  },
  GENERATED_FAULTY: {
    title: 'A generated file that Datadog would refuse, or that would mislead',
    cause:
      '`assay generate datadog --lint` reads the files as Datadog would: shapes, query grammar, metrics and tags of the catalogue, thresholds, references. One of these is wrong, most likely because somebody changed the file.',
    mend: 'Generate the file anew. If Assay itself made it so, please report it with the message.',
  },
  SERIES_OVER_BUDGET: {
    title: 'More time series than the budget allows',
    cause:
      'Monitoring systems charge for each combination of a metric, its tag values and the host. The rules, times the hosts, come to more of them than --series-budget.',
    mend: 'Leave out rules that nobody would act on, run on fewer hosts, or raise the budget. A process never sends more than --max-series series of rules: what is beyond is counted as rule:other.',
  },
  DATADOG_CLIENT_MISSING: {
    title: 'Datadog’s API client is not installed',
    cause:
      '`assay apply datadog` talks to the API through @datadog/datadog-api-client, an optional part because of its size, and it is not there.',
    mend: 'Install the version that the message names beside Assay, or use Terraform on the generated folder.',
  },
  DATADOG_REFUSED: {
    title: 'Datadog refused a request',
    cause:
      'The keys are wrong or may not do this, or Datadog takes a body differently than its public models say. What was applied before stays.',
    mend: 'The message has what Datadog said. Run the command again once it is mended: it compares first and goes on with what is left.',
  },
  DATADOG_UNREACHABLE: {
    title: 'Datadog can’t be reached',
    cause:
      'No connection came about, or no answer within 30 s, after several attempts. What was applied before stays.',
    mend: 'Check DD_SITE and the network, and run the command again: it goes on with what is left.',
  },
} as const satisfies Record<string, ErrorEntry>
