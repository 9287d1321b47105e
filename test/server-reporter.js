const { writeFileSync } = require('node:fs');

/** Says at the very end which real parts the run used, and fails a continuous build that lacked one. */
class ServerReporter {
  constructor() {
    this.missing = [];
  }

  onRunComplete(_contexts, results) {
    if (process.env.TALBOT_TEST_RESULTS) {
      writeFileSync(
        process.env.TALBOT_TEST_RESULTS,
        `${results.numPassedTests} ${results.numFailedTests + results.numRuntimeErrorTestSuites}\n`,
      );
    }
    const servers = JSON.parse(process.env.TALBOT_TEST_SERVERS ?? '{}');
    const names = { redis: 'Redis', mongodb: 'MongoDB' };
    const lines = ['Ran against: PGlite and DuckDB (embedded)'];
    for (const [key, name] of Object.entries(names)) {
      if (servers[key]) lines.push(`             ${name}: ${servers[key].what}`);
      else this.missing.push(name);
    }
    lines.push(
      this.missing.length === 0
        ? 'Missing:     nothing'
        : `Missing:     ${this.missing.join(', ')} (put redis-server and mongod or secantusd-py on the PATH, or set REDIS_URL and MONGODB_URL)`,
    );
    process.stderr.write(`\n${lines.join('\n')}\n`);
  }

  getLastError() {
    if (process.env.CI !== 'true' || this.missing.length === 0) return undefined;
    return new Error(`A continuous build must run against everything; missing: ${this.missing.join(', ')}`);
  }
}

module.exports = ServerReporter;
