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
    const failed = count.unexpected + count.flaky;
    const line = `${count.expected} passed, ${failed} failed, ${count.skipped} skipped`;
    if (result.status === 'passed' && failed === 0 && count.expected > 0) {
      console.log(`browser tests: OK: ${line}`);
      return undefined;
    }
    console.log(`browser tests: FAILED (${result.status}): ${line}`);
    return { status: result.status === 'passed' ? 'failed' : result.status };
  }
}
