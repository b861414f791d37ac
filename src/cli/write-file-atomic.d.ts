/** Writes to a file beside the target, gives it the target's mode and owner, and renames it into place. */
declare module 'write-file-atomic' {
  export default function writeFileAtomic(file: string, data: string): Promise<void>;
}
