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
      'Datadog takes a body differently than its public models say, something else refers to what is to be removed, or somebody removed what is to be changed. All that does not need it was done; nothing was removed.',
    mend: 'The message has what Datadog said. Run the command again once it is mended: it compares first and goes on with what is left.',
  },
  DATADOG_FORBIDDEN: {
    title: 'Datadog does not take the keys',
    cause:
      'A key is wrong or of another site, or the application key (or the person or account that it belongs to) may not do this. What was applied before stays.',
    mend: 'Check DD_API_KEY, DD_APP_KEY and DD_SITE, and the permissions that the page on dashboards and monitors in Datadog lists.',
  },
  DATADOG_UNAVAILABLE: {
    title: 'Datadog does not serve requests for now',
    cause:
      'After several attempts it still answered that something fails there (5xx) or that there are too many requests (429), or it named a wait of more than two minutes. What makes something is sent once, for its answer may be lost after it was made. What was applied before stays.',
    mend: 'Run the command again later: it compares first and goes on with what is left.',
  },
  DATADOG_UNREACHABLE: {
    title: 'Datadog can’t be reached',
    cause:
      'No connection came about, or no whole answer within 30 s, after several attempts. What was applied before stays.',
    mend: 'Check DD_SITE and the network, and run the command again: it goes on with what is left.',
  },
  DATADOG_ANSWER_UNREADABLE: {
    title: 'What answers is not Datadog’s API',
    cause:
      'An answer is no JSON, leads elsewhere, or lacks what the API always tells: a proxy or a login page answers, or the address is that of something else. It is not taken for an empty list, by which everything would be made a second time.',
    mend: 'Check DD_SITE, --api-url and the proxy. The message has the beginning of the answer.',
  },
  DATADOG_INTERRUPTED: {
    title: 'Applying was stopped by a signal',
    cause: 'SIGINT or SIGTERM came. Requests that were sent were finished; no more were begun.',
    mend: 'Run the command again: it compares first and goes on with what is left.',
  },
} as const satisfies Record<string, ErrorEntry>
