/** Loaded before the measured program: tells at its end what it used. */
process.once('exit', () => process.stderr.write(JSON.stringify(process.resourceUsage())))
