// Ends a run with one line that a person or a machine can read at a glance.
export default class ClosingLine {
  #suite;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  printsToStdio() {
    return false;
  }

  onEnd(result) {
    const count = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    for (const test of this.#suite.allTests()) count[test.outcome()] += 1;
    const skipped = count.skipped ? `, ${count.skipped} skipped` : '';
    const failed = count.unexpected + count.flaky;
    if (result.status === 'passed' && failed === 0 && count.expected > 0) {
      console.log(`browser tests: OK, ${count.expected} passed${skipped}`);
      return undefined;
    }
    console.log(`browser tests: FAILED (${result.status}), ${failed} of ${count.expected + failed} failed${skipped}`);
    return { status: result.status === 'passed' ? 'failed' : result.status };
  }
}
