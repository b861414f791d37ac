import type { ESLint, Linter } from 'eslint';
import { NAMESPACE, type RunnablePlugin } from './plugin.js';

/** Keeps only what is ours to say, and counts anew. Changes the result in place: ESLint hangs lazy properties on it. */
export type Selection = (result: ESLint.LintResult) => void;

/**
 * What of ESLint's messages is a finding of ours: the plugin's rules, and that a file does not parse. ESLint also
 * complains about comments that name rules it does not know or that it cannot read; they are for the user's own ESLint.
 */
export function ownFindings(plugin: RunnablePlugin): Selection {
  const isOwn = (message: Linter.LintMessage): boolean =>
    isParseError(message) ||
    (message.ruleId?.startsWith(`${NAMESPACE}/`) === true &&
      (plugin.rules ?? {})[message.ruleId.slice(NAMESPACE.length + 1)] !== undefined);
  return (result) => {
    result.suppressedMessages = result.suppressedMessages.filter(isOwn);
    setMessages(result, result.messages.filter(isOwn));
  };
}

/** Does a message say that the text does not parse? ESLint calls a comment that it cannot read fatal as well. */
export function isParseError(message: Linter.LintMessage): boolean {
  return message.fatal === true && message.message.startsWith('Parsing error:');
}

/** Takes the warnings out of a result. */
export function onlyErrors(result: ESLint.LintResult): void {
  setMessages(
    result,
    result.messages.filter(({ severity }) => severity === 2),
  );
}

function setMessages(result: ESLint.LintResult, messages: Linter.LintMessage[]): void {
  const count = (wanted: (message: Linter.LintMessage) => boolean): number => messages.filter(wanted).length;
  result.messages = messages;
  result.errorCount = count(({ severity }) => severity === 2);
  result.fatalErrorCount = count(({ fatal }) => fatal === true);
  result.warningCount = count(({ severity }) => severity === 1);
  result.fixableErrorCount = count(({ severity, fix }) => severity === 2 && fix !== undefined);
  result.fixableWarningCount = count(({ severity, fix }) => severity === 1 && fix !== undefined);
  // Formatters want the text around findings only; thousands of clean files need not stay in memory.
  if (messages.length === 0) delete result.source;
}
