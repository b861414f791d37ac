import type { TSESLint } from '@typescript-eslint/utils';

/** One replacement in the text: from, to, and what stands there afterwards. */
export interface TextChange {
  readonly range: readonly [number, number];
  readonly text: string;
}

/**
 * How much an edit is trusted: `fix` is proved not to change what correct runs of the program do, `suggest` needs a person.
 */
export type Safety = 'fix' | 'suggest';

/** An edit and how much it is trusted. */
export interface Edit {
  readonly safety: Safety;
  readonly changes: readonly TextChange[];
}

/**
 * Puts changes in order and leaves out those that lie inside another one's removed text.
 *
 * @returns null if two changes overlap in a way that has no meaning.
 */
export function arrange(changes: readonly TextChange[]): readonly TextChange[] | null {
  const sorted = [...changes].sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
  const kept: TextChange[] = [];
  for (const change of sorted) {
    const last = kept.at(-1);
    if (last && change.range[0] < last.range[1]) {
      if (change.range[1] <= last.range[1]) continue;
      return null;
    }
    kept.push(change);
  }
  return kept;
}

/** The changes as ESLint wants them. */
export function toFixes(fixer: TSESLint.RuleFixer, changes: readonly TextChange[]): TSESLint.RuleFix[] {
  return changes.map(({ range, text }) => fixer.replaceTextRange([range[0], range[1]], text));
}

/** The part of a report descriptor that carries an edit. */
export type Attachment<MessageId extends string> = Pick<TSESLint.ReportDescriptor<MessageId>, 'fix' | 'suggest'>;

/**
 * Attaches an edit to a report: proved edits as the fix, others as a suggestion, unless the settings say that a report's only
 * suggestion is to be applied.
 *
 * @param edit Built only when ESLint asks for it; null if it turns out that nothing can be done.
 */
export function attach<MessageId extends string>(
  edit: LazyEdit | null,
  suggestion: Suggestion<MessageId>,
  autofix: 'all' | 'safe',
): Attachment<MessageId> {
  if (!edit) return {};
  const fix = fixOf(edit);
  return edit.safety === 'fix' || autofix === 'all' ? { fix } : { suggest: [{ ...suggestion, fix }] };
}

/** Adds another way to an attachment, which is only suggested. */
export function alsoSuggest<MessageId extends string>(
  attachment: Attachment<MessageId>,
  edit: LazyEdit | null,
  suggestion: Suggestion<MessageId>,
): Attachment<MessageId> {
  if (!edit) return attachment;
  return { ...attachment, suggest: [...(attachment.suggest ?? []), { ...suggestion, fix: fixOf(edit) }] };
}

interface LazyEdit {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
}

interface Suggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Record<string, unknown>;
}

function fixOf(edit: LazyEdit): TSESLint.ReportFixFunction {
  return (fixer) => {
    const changes = edit.changes();
    return changes ? toFixes(fixer, changes) : null;
  };
}
