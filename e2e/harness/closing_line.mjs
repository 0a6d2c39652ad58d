// Ends a run with one line that a person or a machine can read at a glance; before it, in short, what each failure was, for
// those who are shown only the end.
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
    for (const test of this.#suite.allTests()) {
      if (!['unexpected', 'flaky'].includes(test.outcome())) continue;
      console.log([test.titlePath().filter(Boolean).join(' › '), ...test.results.flatMap(({ errors }) => errors.map(inShort))].join('\n'));
    }
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

/** What was expected, and the place in our own tests. */
function inShort({ message, stack }) {
  const plain = (message ?? '').replace(/\x1b\[[0-9;]*m/g, '').split('\n').filter((line) => line.trim());
  const called = [...(stack ?? '').matchAll(/e2e\/([^ )]*\.mjs:\d+)/g)].map(([, place]) => place);
  return [...plain.slice(0, 24), ...called].map((line) => `    ${line.slice(0, 300)}`).join('\n');
}
